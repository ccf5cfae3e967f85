using System.Threading.Channels;
using CabinMood.Core.Conductor.Commands;
using CabinMood.Core.Conductor.Events;

namespace CabinMood.Service.Hosting;

/// <summary>
/// What waits for its turn with the conductor, in the order in which it came. A flood is refused, not kept. Every event
/// knows which closings came before it: a no in the <see cref="UrgentLane"/> overtakes each yes that was here earlier.
/// Anybody posts; the conductor's loop takes.
/// </summary>
internal sealed class EventQueue(UrgentLane urgent)
{
    // What may wait at most, so that a flood of anything is worked off within a tenth of a second.
    private const int Capacity = 1024;

    private readonly Channel<Place> _places = Channel.CreateUnbounded<Place>(new UnboundedChannelOptions { SingleReader = true });
    private int _waiting;

    /// <summary>Takes an event in.</summary>
    /// <returns>False when too much waits. What the broker link tells and the end are never refused.</returns>
    public bool TryPost(ConductorEvent happened)
    {
        if (!IsAlwaysTaken(happened) && Interlocked.Increment(ref _waiting) > Capacity)
        {
            Interlocked.Decrement(ref _waiting);
            return false;
        }

        return _places.Writer.TryWrite(new Place(happened, urgent.Withdrawals, urgent.Closings));
    }

    /// <summary>Lets the loop turn without an event of its own, for what is in the <see cref="UrgentLane"/>.</summary>
    public bool Wake() => _places.Writer.TryWrite(default);

    /// <summary>What waits, oldest first, until the <see cref="End"/>. For the conductor's loop.</summary>
    public IAsyncEnumerable<Place> ReadAllAsync() => _places.Reader.ReadAllAsync();

    /// <summary>An event's turn has come: another may wait in its place.</summary>
    public void Leave(ConductorEvent happened)
    {
        if (!IsAlwaysTaken(happened))
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <summary>Whether an event is about consent or the camera, and the driver has said no to that since it came.</summary>
    public bool IsOvertaken(Place place) => place.Event switch
    {
        CommandArrived { Command: SetConsent } => place.Withdrawals != urgent.Withdrawals,
        CommandArrived { Command: SetCamera } => place.Closings != urgent.Closings,
        _ => false,
    };

    /// <summary>Takes in nothing more.</summary>
    public void End() => _places.Writer.TryComplete();

    private static bool IsAlwaysTaken(ConductorEvent happened) => happened is BrokerConnected or BrokerLost or EventLogEnded or ServiceStopping;

    /// <summary>Where an event stands in the queue.</summary>
    /// <param name="Event">Null for what only wakes the loop.</param>
    /// <param name="Withdrawals">The <see cref="UrgentLane.Withdrawals"/> before it.</param>
    /// <param name="Closings">The <see cref="UrgentLane.Closings"/> before it.</param>
    internal readonly record struct Place(ConductorEvent? Event, long Withdrawals, long Closings);
}
