using System.Collections.Concurrent;
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
/// Turns the conductor: one event after another on one task, effects in the order in which they were given. Everything
/// around it posts events from any thread and never waits.
/// </summary>
public sealed class ConductorLoop
{
    // What may wait at most, so that a flood of anything is worked off within a tenth of a second.
    private const int Capacity = 1024;

    // Closings are kept beside that; once this many of a kind wait, one more says nothing new.
    private const int ClosingsKept = 64;

    // Holds, evidence and trips are counted in seconds; a tenth is fine enough for all of them.
    private static readonly TimeSpan TickEvery = TimeSpan.FromMilliseconds(100);

    private readonly Channel<Place> _events = Channel.CreateUnbounded<Place>(new UnboundedChannelOptions { SingleReader = true });

    // Closings overtake everything, and so does the camera's word that it has closed: a slow disk or a flood may hold up
    // what waits, but neither the closing nor telling of it.
    private readonly ConcurrentQueue<ConductorEvent> _urgent = new();

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
    private long _withdrawals;
    private long _closings;
    private int _waiting;
    private int _withdrawalsWaiting;
    private int _closingsWaiting;

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

        if (happened is CommandArrived { Command: SetConsent { Granted: false } or SetCamera { On: false } } closing)
        {
            return TryPostClosing(closing);
        }

        if (happened is CameraChanged)
        {
            return PostUrgent(happened);
        }

        if (!MayEnter(happened))
        {
            _losses.Note(happened);
            return false;
        }

        return _events.Writer.TryWrite(new Place(happened, Volatile.Read(ref _withdrawals), Volatile.Read(ref _closings)));
    }

    /// <summary>Begins with <paramref name="started"/> and turns until <see cref="ServiceStopping"/> and all that came before it are done.</summary>
    public async Task RunAsync(ServiceStarted started)
    {
        CarryOut(started, _conductor.Start(started));
        using var ticking = new CancellationTokenSource();
        var ticks = TickAsync(ticking.Token);
        try
        {
            await foreach (var place in _events.Reader.ReadAllAsync().ConfigureAwait(false))
            {
                TakeUrgent();
                if (place.Event is { } happened)
                {
                    Leave(happened);
                    foreach (var loss in _losses.Take(_clock))
                    {
                        Take(loss);
                    }

                    TakeUnlessOvertaken(happened, place);
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

    private bool TryPostClosing(CommandArrived closing)
    {
        var isWithdrawal = closing.Command is SetConsent;
        // Counted even when it is refused: no grant that came before it may act after it.
        Interlocked.Increment(ref isWithdrawal ? ref _withdrawals : ref _closings);
        ref var waiting = ref isWithdrawal ? ref _withdrawalsWaiting : ref _closingsWaiting;
        if (Interlocked.Increment(ref waiting) > ClosingsKept)
        {
            return Undo(ref waiting);
        }

        return PostUrgent(closing);
    }

    private bool PostUrgent(ConductorEvent happened)
    {
        _urgent.Enqueue(happened);
        return _events.Writer.TryWrite(default);
    }

    private void TakeUrgent()
    {
        while (_urgent.TryDequeue(out var happened))
        {
            if (happened is CommandArrived closing)
            {
                Interlocked.Decrement(ref closing.Command is SetConsent ? ref _withdrawalsWaiting : ref _closingsWaiting);
            }

            Take(happened);
        }
    }

    private void TakeUnlessOvertaken(ConductorEvent happened, Place place)
    {
        var isOvertaken = happened switch
        {
            CommandArrived { Command: SetConsent } => place.Withdrawals != Volatile.Read(ref _withdrawals),
            CommandArrived { Command: SetCamera } => place.Closings != Volatile.Read(ref _closings),
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
        List<CommandCommitted>? commits = null;
        foreach (var effect in transition.Effects)
        {
            var error = TryRun(effect);
            if (CommandOf(effect) is { } command)
            {
                (commits ??= []).Add(new CommandCommitted(_clock.Now(), command, error));
            }
        }

        // Not before: what a commit leads to may take back what one of these effects does, and must come after it.
        foreach (var committed in commits ?? [])
        {
            Take(committed);
        }
    }

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
