using CabinMood.Core.Conductor;
using CabinMood.Core.Conductor.Effects;
using CabinMood.Core.Conductor.Events;
using CabinMood.Core.Conductor.Publications;
using CabinMood.Core.Safety;
using CabinMood.Service.Observability;
using Microsoft.Extensions.Logging;

namespace CabinMood.Service.Hosting;

/// <summary>
/// Turns the conductor: one event of the <see cref="EventQueue"/> after another on one task, its effects in order through
/// the <see cref="DiskLane"/>. While the disk takes its time, only what is in the <see cref="UrgentLane"/> is taken, and
/// told, ahead of what waits. Everything around the loop posts events from any thread and never waits.
/// </summary>
public sealed class ConductorLoop
{
    // Holds, evidence and trips are counted in seconds; a tenth is fine enough for all of them.
    private static readonly TimeSpan TickEvery = TimeSpan.FromMilliseconds(100);

    private readonly UrgentLane _urgent = new();
    private readonly EventQueue _events;
    private readonly DiskLane _effects;
    private readonly SignalLosses _losses = new();
    private readonly Conductor _conductor;
    private readonly Action<ConductorEvent, ConductorState?, Transition>? _watch;
    private readonly ServiceClock _clock;
    private readonly ServiceMeter _meter;
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ConductorState? _state;
    private long _turns;
    private volatile bool _hasEnded;

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
        _events = new EventQueue(_urgent);
        _effects = new DiskLane(run, clock, meter, logger);
        _conductor = conductor;
        _clock = clock;
        _meter = meter;
        _watch = watch;
    }

    /// <summary>How often the loop has turned: the watchdog's proof of life.</summary>
    public long Turns => Volatile.Read(ref _turns);

    /// <summary>Ends when what follows from the start is stored and told.</summary>
    public Task Begun => _begun.Task;

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
            return _urgent.TryPost(happened, _effects.Count) && _events.Wake();
        }

        var isTaken = _events.TryPost(happened);
        if (!isTaken)
        {
            _losses.Note(happened);
        }

        return isTaken;
    }

    /// <summary>Begins with <paramref name="started"/> and turns until <see cref="ServiceStopping"/> and all that came before it are done.</summary>
    public async Task RunAsync(ServiceStarted started)
    {
        Follow(started, _conductor.Start(started));
        await StoreAsync().ConfigureAwait(false);
        _begun.SetResult();
        using var ticking = new CancellationTokenSource();
        var ticks = TickAsync(ticking.Token);
        try
        {
            await foreach (var place in _events.ReadAllAsync().ConfigureAwait(false))
            {
                TakeUrgent();
                await StoreAsync().ConfigureAwait(false);
                if (place.Event is { } happened)
                {
                    _events.Leave(happened);
                    TakeLosses();
                    TakeUnlessOvertaken(happened, place);
                    await StoreAsync().ConfigureAwait(false);
                }

                Volatile.Write(ref _turns, _turns + 1);
                if (place.Event is ServiceStopping)
                {
                    // The camera has been closed by now and has said so: that is the last that is told.
                    _hasEnded = true;
                    _events.End();
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

    private void TakeLosses()
    {
        foreach (var loss in _losses.Take(_clock))
        {
            Take(loss);
        }
    }

    private void TakeUnlessOvertaken(ConductorEvent happened, EventQueue.Place place)
    {
        if (happened is CommandArrived { Command.Id: var id } && _events.IsOvertaken(place))
        {
            _effects.CarryOut([new Publish(new ReplyPublication(_clock.Now().Utc, id, ReplyStatus.Error, ReplyErrors.Overtaken))]);
            return;
        }

        Take(happened);
    }

    private void Take(ConductorEvent happened)
    {
        var start = _clock.Time.GetTimestamp();
        var transition = _conductor.Step(_state!, happened);
        _meter.RecordDecision(_clock.Time.GetElapsedTime(start));
        Follow(happened, transition);
    }

    private void Follow(ConductorEvent happened, Transition transition)
    {
        _watch?.Invoke(happened, _state, transition);
        Volatile.Write(ref _state, transition.State);
        _effects.CarryOut(transition.Effects);
    }

    private Task StoreAsync() => _effects.WorkOffAsync(TakeUrgentUntilAsync, IsStillWanted, Take);

    // What is not urgent waits, for it may rest on what is being stored.
    private async Task TakeUrgentUntilAsync(Task stored)
    {
        while (await Task.WhenAny(stored, _urgent.ArrivalAsync()).ConfigureAwait(false) != stored)
        {
            TakeUrgent();
        }
    }

    private bool IsStillWanted(OpenCamera open) => _state is { CameraRequested: true } state && state.CameraOpening == open.Opening;

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
