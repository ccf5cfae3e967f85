using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using CabinMood.Core.Conductor.Commands;
using CabinMood.Core.Conductor.Events;

namespace CabinMood.Service.Hosting;

/// <summary>
/// What overtakes everything on its way to the conductor: withdrawn consent, the closing of the camera, and the camera's
/// word that it has closed. A slow disk or a flood may hold up what waits, but neither a closing nor telling of it.
/// Anybody posts; the conductor's loop takes.
/// </summary>
internal sealed class UrgentLane
{
    // Once this many of a kind wait, or wait for the disk, one more says nothing new.
    private const int ClosingsKept = 64;

    private readonly Channel<ConductorEvent> _events = Channel.CreateUnbounded<ConductorEvent>();
    private Task? _arrival;
    private long _withdrawals;
    private long _closings;
    private int _withdrawalsWaiting;
    private int _closingsWaiting;

    /// <summary>Withdrawals that were posted so far, refused ones included: no grant from before one may act after it.</summary>
    public long Withdrawals => Volatile.Read(ref _withdrawals);

    /// <summary>The same for closings and openings of the camera.</summary>
    public long Closings => Volatile.Read(ref _closings);

    /// <summary>Whether an event belongs here.</summary>
    public static bool IsUrgent(ConductorEvent happened) =>
        happened is CameraChanged or CommandArrived { Command: SetConsent { Granted: false } or SetCamera { On: false } };

    /// <summary>Takes an urgent event in.</summary>
    /// <param name="happened">For which <see cref="IsUrgent"/> is true.</param>
    /// <param name="unstored">What waits for the disk.</param>
    /// <returns>False when so many of its kind wait that one more says nothing new.</returns>
    public bool TryPost(ConductorEvent happened, int unstored)
    {
        if (happened is CommandArrived closing)
        {
            var isWithdrawal = closing.Command is SetConsent;
            Interlocked.Increment(ref isWithdrawal ? ref _withdrawals : ref _closings);
            ref var waiting = ref isWithdrawal ? ref _withdrawalsWaiting : ref _closingsWaiting;
            if (Interlocked.Increment(ref waiting) + unstored > ClosingsKept)
            {
                Interlocked.Decrement(ref waiting);
                return false;
            }
        }

        return _events.Writer.TryWrite(happened);
    }

    /// <summary>Takes the oldest event out. For the conductor's loop.</summary>
    public bool TryTake([NotNullWhen(true)] out ConductorEvent? happened)
    {
        if (!_events.Reader.TryRead(out happened))
        {
            return false;
        }

        if (happened is CommandArrived closing)
        {
            Interlocked.Decrement(ref closing.Command is SetConsent ? ref _withdrawalsWaiting : ref _closingsWaiting);
        }

        return true;
    }

    /// <summary>Ends when there is something to take. For the conductor's loop.</summary>
    public Task ArrivalAsync()
    {
        if (_arrival is not { IsCompleted: false })
        {
            _arrival = _events.Reader.WaitToReadAsync().AsTask();
        }

        return _arrival;
    }
}
