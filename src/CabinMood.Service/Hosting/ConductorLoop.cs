using System.Threading.Channels;
using CabinMood.Core.Conductor;
using CabinMood.Core.Conductor.Commands;
using CabinMood.Core.Conductor.Effects;
using CabinMood.Core.Conductor.Events;
using CabinMood.Core.Conductor.Publications;
using CabinMood.Core.Safety;
using CabinMood.Service.Logging;
using CabinMood.Service.Observability;
using CabinMood.Storage;
using Microsoft.Extensions.Logging;

namespace CabinMood.Service.Hosting;

/// <summary>
/// Turns the conductor: one event after another on one task, effects in the order in which they were given. While
/// the disk takes its time only closings are obeyed, and told, ahead of what waits. Everything around the loop posts events
/// from any thread and never waits.
/// </summary>
public sealed class ConductorLoop
{
    // What may wait at most, so that a flood of anything is worked off within a tenth of a second.
    private const int Capacity = 1024;

    // Holds, evidence and trips are counted in seconds; a tenth is fine enough for all of them.
    private static readonly TimeSpan TickEvery = TimeSpan.FromMilliseconds(100);

    private readonly Channel<Place> _events = Channel.CreateUnbounded<Place>(new UnboundedChannelOptions { SingleReader = true });

    private readonly UrgentLane _urgent = new();

    // What waits for the disk, oldest first; null ends a step. The loop's own.
    private readonly Queue<Effect?> _due = new();

    private readonly SignalLosses _losses = new();
    private readonly Conductor _conductor;
    private readonly Action<Effect> _run;
    private readonly Action<ConductorEvent, ConductorState?, Transition>? _watch;
    private readonly ServiceClock _clock;
    private readonly ServiceMeter _meter;
    private readonly ILogger<ConductorLoop> _logger;
    private ConductorState? _state;
    private long _turns;
    private volatile bool _hasEnded;
    private int _waiting;
    private int _dueCount;

    /// <summary>A loop that has not begun.</summary>
    /// <param name="conductor">Decides.</param>
    /// <param name="run">Carries out one effect. What it stores is committed when it returns; what it throws is told as the command's error.</param>
    /// <param name="clock">Stamps ticks and follow-ups.</param>
    /// <param name="meter">Told how long decisions and effects take.</param>
    /// <param name="logger">Told of effects that failed.</param>
    /// <param name="watch">Told of every step before its effects are carried out: the event, the state before, what follows. Must not block or throw.</param>
    public ConductorLoop(
        Conductor conductor,
        Action<Effect> run,
        ServiceClock clock,
        ServiceMeter meter,
        ILogger<ConductorLoop> logger,
        Action<ConductorEvent, ConductorState?, Transition>? watch = null)
    {
        _conductor = conductor;
        _run = run;
        _clock = clock;
        _meter = meter;
        _logger = logger;
        _watch = watch;
    }

    /// <summary>How often the loop has turned: the watchdog's proof of life.</summary>
    public long Turns => Volatile.Read(ref _turns);

    /// <summary>The vehicle's signals as known now. Any thread may ask.</summary>
    public VehicleState Vehicle => Volatile.Read(ref _state)?.Vehicle ?? VehicleState.Unknown;

    /// <summary>
    /// Hands in an event. Withdrawing consent, closing the camera and the camera's own word overtake all that waits, and a
    /// flood does not refuse them, nor what the broker link tells. A vehicle signal that is refused counts as lost.
    /// </summary>
    /// <returns>False when the event was not taken.</returns>
    public bool TryPost(ConductorEvent happened)
    {
        if (_hasEnded)
        {
            // A command must still be answered; of everything else nobody wants to know any more.
            return happened is not CommandArrived;
        }

        if (UrgentLane.IsUrgent(happened))
        {
            return _urgent.TryPost(happened, Volatile.Read(ref _dueCount)) && _events.Writer.TryWrite(default);
        }

        if (!MayEnter(happened))
        {
            _losses.Note(happened);
            return false;
        }

        return _events.Writer.TryWrite(new Place(happened, _urgent.Withdrawals, _urgent.Closings));
    }

    /// <summary>Begins with <paramref name="started"/> and turns until <see cref="ServiceStopping"/> and all that came before it are done.</summary>
    public async Task RunAsync(ServiceStarted started)
    {
        CarryOut(started, _conductor.Start(started));
        await StoreAsync().ConfigureAwait(false);
        using var ticking = new CancellationTokenSource();
        var ticks = TickAsync(ticking.Token);
        try
        {
            await foreach (var place in _events.Reader.ReadAllAsync().ConfigureAwait(false))
            {
                TakeUrgent();
                await StoreAsync().ConfigureAwait(false);
                if (place.Event is { } happened)
                {
                    Leave(happened);
                    foreach (var loss in _losses.Take(_clock))
                    {
                        Take(loss);
                    }

                    TakeUnlessOvertaken(happened, place);
                    await StoreAsync().ConfigureAwait(false);
                }

                Volatile.Write(ref _turns, _turns + 1);
                if (place.Event is ServiceStopping)
                {
                    // The camera has been closed by now and has said so: that is the last that is told.
                    _hasEnded = true;
                    _events.Writer.TryComplete();
                }
            }
        }
        finally
        {
            await ticking.CancelAsync().ConfigureAwait(false);
            await ticks.ConfigureAwait(false);
        }
    }

    private void TakeUrgent()
    {
        while (_urgent.TryTake(out var happened))
        {
            Take(happened);
        }
    }

    private void TakeUnlessOvertaken(ConductorEvent happened, Place place)
    {
        var isOvertaken = happened switch
        {
            CommandArrived { Command: SetConsent } => place.Withdrawals != _urgent.Withdrawals,
            CommandArrived { Command: SetCamera } => place.Closings != _urgent.Closings,
            _ => false,
        };
        if (isOvertaken && happened is CommandArrived { Command.Id: var id })
        {
            // The driver has said no since: it is as if this had been granted and taken back at once.
            TryRun(new Publish(new ReplyPublication(_clock.Now().Utc, id, ReplyStatus.Error, "overtaken: the driver has said no since")));
            return;
        }

        Take(happened);
    }

    private bool MayEnter(ConductorEvent happened) =>
        IsAlwaysTaken(happened) || Interlocked.Increment(ref _waiting) <= Capacity || Undo(ref _waiting);

    private void Leave(ConductorEvent happened)
    {
        if (!IsAlwaysTaken(happened))
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private static bool IsAlwaysTaken(ConductorEvent happened) => happened is BrokerConnected or BrokerLost or EventLogRemoved or ServiceStopping;

    private static bool Undo(ref int counter)
    {
        Interlocked.Decrement(ref counter);
        return false;
    }

    private void Take(ConductorEvent happened)
    {
        var start = _clock.Time.GetTimestamp();
        var transition = _conductor.Step(_state!, happened);
        _meter.RecordDecision(_clock.Time.GetElapsedTime(start));
        CarryOut(happened, transition);
    }

    private void CarryOut(ConductorEvent happened, Transition transition)
    {
        _watch?.Invoke(happened, _state, transition);
        Volatile.Write(ref _state, transition.State);
        foreach (var effect in transition.Effects)
        {
            // What follows something stored waits for it, or it could be heard and forgotten; the kill switch waits for nothing.
            if ((_due.Count > 0 || IsStored(effect)) && effect is not (CloseCamera or Publish { Publication: PrivacyPublication }))
            {
                Put(effect);
            }
            else
            {
                TryRun(effect);
            }
        }

        if (_due.Count > 0)
        {
            Put(null);
        }
    }

    private void Put(Effect? effect)
    {
        _due.Enqueue(effect);
        Volatile.Write(ref _dueCount, _due.Count);
    }

    // The disk is asked beside the loop, one thing after another: it may take seconds. What is not urgent waits, for it may
    // rest on what is being stored.
    private async Task StoreAsync()
    {
        var commits = new Queue<CommandCommitted>();
        while (_due.TryPeek(out var effect))
        {
            string? error = null;
            if (effect is not null && IsStored(effect))
            {
                var storing = Task.Run(() => TryRun(effect));
                while (await Task.WhenAny(storing, _urgent.ArrivalAsync()).ConfigureAwait(false) != storing)
                {
                    TakeUrgent();
                }

                error = await storing.ConfigureAwait(false);
            }
            else if (effect is OpenCamera open ? IsStillWanted(open) && commits.All(committed => committed.Error is null) : effect is not null)
            {
                // A yes that could not be stored opens nothing, nor does one that was taken back meanwhile.
                TryRun(effect);
            }

            _due.Dequeue();
            Volatile.Write(ref _dueCount, _due.Count);
            if (effect is not null && CommandOf(effect) is { } command)
            {
                commits.Enqueue(new CommandCommitted(_clock.Now(), command, error));
            }

            // Not before: what a commit leads to may take back what one of these effects does, and must come after it.
            while (effect is null && commits.TryDequeue(out var committed))
            {
                Take(committed);
            }
        }
    }

    private bool IsStillWanted(OpenCamera open) => _state is { CameraRequested: true } state && state.CameraOpening == open.Opening;

    // Null, or why it failed.
    private string? TryRun(Effect effect)
    {
        var start = _clock.Time.GetTimestamp();
        try
        {
            _run(effect);
            _meter.RecordEffect(_clock.Time.GetElapsedTime(start));
            return null;
        }
        catch (Exception e)
        {
            ServiceLog.EffectFailed(_logger, effect.GetType().Name, DiskTrouble.Detailed(e));
            return DiskTrouble.Of(e);
        }
    }

    private static bool IsStored(Effect effect) => effect is SaveTrip or SaveDriver or SaveFeedback or SaveMemory or EraseDriverData;

    private static string? CommandOf(Effect effect) => effect switch
    {
        SaveTrip trip => trip.CommandId,
        SaveDriver driver => driver.CommandId,
        SaveFeedback feedback => feedback.Row.CommandId,
        EraseDriverData erase => erase.CommandId,
        _ => null,
    };

    private async Task TickAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(TickEvery, _clock.Time);
        while (await timer.NextAsync(cancellation).ConfigureAwait(false))
        {
            // A tick that finds the queue full is no loss: every event settles the state.
            TryPost(new ClockTicked(_clock.Now()));
        }
    }

    // Where an event stands in the queue: which closings came before it. Without an event it only wakes the loop.
    private readonly record struct Place(ConductorEvent? Event, long Withdrawals, long Closings);
}
