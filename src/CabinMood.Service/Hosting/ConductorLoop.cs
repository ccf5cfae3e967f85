using System.Threading.Channels;
using CabinMood.Core.Conductor;
using CabinMood.Core.Conductor.Commands;
using CabinMood.Core.Conductor.Effects;
using CabinMood.Core.Conductor.Events;
using CabinMood.Core.Safety;
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

    // Closings are kept beyond that; once this many of a kind wait, one more says nothing new.
    private const int ClosingsKept = 64;

    // Holds, evidence and trips are counted in seconds; a tenth is fine enough for all of them.
    private static readonly TimeSpan TickEvery = TimeSpan.FromMilliseconds(100);

    // One queue, so that nothing overtakes anything: a grant that came before a withdrawal must not act after it.
    private readonly Channel<ConductorEvent> _events = Channel.CreateUnbounded<ConductorEvent>(new UnboundedChannelOptions { SingleReader = true });

    private readonly Conductor _conductor;
    private readonly Action<Effect> _run;
    private readonly Action<ConductorEvent, ConductorState?, Transition>? _watch;
    private readonly ServiceClock _clock;
    private readonly ILogger<ConductorLoop> _logger;
    private ConductorState? _state;
    private TimeSpan _last;
    private long _turns;
    private volatile bool _hasEnded;
    private int _waiting;
    private int _withdrawalsWaiting;
    private int _closingsWaiting;
    private int _lostSignals;
    private int _lostSources;

    /// <summary>A loop that has not begun.</summary>
    /// <param name="conductor">Decides.</param>
    /// <param name="run">Carries out one effect. What it stores is committed when it returns; what it throws is told as the command's error.</param>
    /// <param name="clock">Stamps ticks and follow-ups.</param>
    /// <param name="logger">Told of effects that failed.</param>
    /// <param name="watch">Told of every step before its effects are carried out: the event, the state before, what follows. Must not block or throw.</param>
    public ConductorLoop(
        Conductor conductor,
        Action<Effect> run,
        ServiceClock clock,
        ILogger<ConductorLoop> logger,
        Action<ConductorEvent, ConductorState?, Transition>? watch = null)
    {
        _conductor = conductor;
        _run = run;
        _clock = clock;
        _logger = logger;
        _watch = watch;
    }

    /// <summary>How often the loop has turned: the watchdog's proof of life.</summary>
    public long Turns => Volatile.Read(ref _turns);

    /// <summary>
    /// Hands in an event. Under a flood ordinary events are refused; withdrawing consent and closing the camera are not,
    /// nor is what the camera and the broker link tell. A vehicle signal that is refused counts as lost.
    /// </summary>
    /// <returns>False when the event was not taken.</returns>
    public bool TryPost(ConductorEvent happened)
    {
        if (_hasEnded)
        {
            // A command must still be answered; of everything else nobody wants to know any more.
            return happened is not CommandArrived;
        }

        if (!MayEnter(happened))
        {
            NoteLoss(happened);
            return false;
        }

        return _events.Writer.TryWrite(happened);
    }

    /// <summary>Begins with <paramref name="started"/> and turns until <see cref="ServiceStopping"/> and all that came before it are done.</summary>
    public async Task RunAsync(ServiceStarted started)
    {
        CarryOut(started, _conductor.Start(started));
        using var ticking = new CancellationTokenSource();
        var ticks = TickAsync(ticking.Token);
        try
        {
            await foreach (var happened in _events.Reader.ReadAllAsync().ConfigureAwait(false))
            {
                Leave(happened);
                TakeLosses();
                Take(happened);
                Volatile.Write(ref _turns, _turns + 1);
                if (happened is ServiceStopping)
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

    private bool MayEnter(ConductorEvent happened) => happened switch
    {
        CommandArrived { Command: SetConsent { Granted: false } } => Interlocked.Increment(ref _withdrawalsWaiting) <= ClosingsKept || Undo(ref _withdrawalsWaiting),
        CommandArrived { Command: SetCamera { On: false } } => Interlocked.Increment(ref _closingsWaiting) <= ClosingsKept || Undo(ref _closingsWaiting),
        CameraChanged or BrokerConnected or BrokerLost or EventLogRemoved or ServiceStopping => true,
        _ => Interlocked.Increment(ref _waiting) <= Capacity || Undo(ref _waiting),
    };

    private void Leave(ConductorEvent happened)
    {
        switch (happened)
        {
            case CommandArrived { Command: SetConsent { Granted: false } }:
                Interlocked.Decrement(ref _withdrawalsWaiting);
                break;
            case CommandArrived { Command: SetCamera { On: false } }:
                Interlocked.Decrement(ref _closingsWaiting);
                break;
            case CameraChanged or BrokerConnected or BrokerLost or EventLogRemoved or ServiceStopping:
                break;
            default:
                Interlocked.Decrement(ref _waiting);
                break;
        }
    }

    private static bool Undo(ref int counter)
    {
        Interlocked.Decrement(ref counter);
        return false;
    }

    // Fails closed: of a signal that could not be taken nothing is known any more.
    private void NoteLoss(ConductorEvent happened)
    {
        switch (happened)
        {
            case SignalArrived signal:
                Interlocked.Or(ref _lostSignals, 1 << (int)signal.Signal);
                break;
            case SignalUnreadable signal:
                Interlocked.Or(ref _lostSignals, 1 << (int)signal.Signal);
                break;
            case SignalSourceChanged source:
                Interlocked.Or(ref _lostSources, 1 << (int)source.Signal);
                break;
        }
    }

    private void TakeLosses()
    {
        if (Volatile.Read(ref _lostSignals) == 0 && Volatile.Read(ref _lostSources) == 0)
        {
            return;
        }

        var (signals, sources) = (Interlocked.Exchange(ref _lostSignals, 0), Interlocked.Exchange(ref _lostSources, 0));
        foreach (var signal in Enum.GetValues<VehicleSignal>())
        {
            if ((sources & (1 << (int)signal)) != 0)
            {
                Take(new SignalSourceChanged(_clock.Now(), signal, false));
            }

            if ((signals & (1 << (int)signal)) != 0)
            {
                Take(new SignalUnreadable(_clock.Now(), signal));
            }
        }
    }

    private void Take(ConductorEvent happened)
    {
        // Two threads can stamp in one order and post in the other; inside, time never runs backwards.
        var at = happened.At.Elapsed < _last ? happened.At with { Elapsed = _last } : happened.At;
        _last = at.Elapsed;
        var stamped = happened with { At = at };
        CarryOut(stamped, _conductor.Step(_state!, stamped));
    }

    private void CarryOut(ConductorEvent happened, Transition transition)
    {
        _watch?.Invoke(happened, _state, transition);
        _state = transition.State;
        foreach (var effect in transition.Effects)
        {
            string? error = null;
            try
            {
                _run(effect);
            }
            catch (Exception e)
            {
                Log.EffectFailed(_logger, effect.GetType().Name, e.Message);
                error = e.Message;
            }

            if (CommandOf(effect) is { } command)
            {
                Take(new CommandCommitted(_clock.Now(), command, error));
            }
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
}
