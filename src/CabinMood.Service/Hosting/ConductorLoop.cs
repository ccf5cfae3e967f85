using System.Threading.Channels;
using CabinMood.Core.Conductor;
using CabinMood.Core.Conductor.Effects;
using CabinMood.Core.Conductor.Events;
using Microsoft.Extensions.Logging;

namespace CabinMood.Service.Hosting;

/// <summary>
/// Turns the conductor: one event after another on one task, effects in the order in which they were given. Everything
/// around it posts events from any thread and never waits.
/// </summary>
public sealed class ConductorLoop
{
    // Seconds of the busiest traffic; when it is full, something is badly wrong, and posting says so.
    private const int Capacity = 4096;

    // Holds, evidence and trips are counted in seconds; a tenth is fine enough for all of them.
    private static readonly TimeSpan TickEvery = TimeSpan.FromMilliseconds(100);

    private readonly Channel<ConductorEvent> _events = Channel.CreateBounded<ConductorEvent>(
        new BoundedChannelOptions(Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly Conductor _conductor;
    private readonly Action<Effect> _run;
    private readonly ServiceClock _clock;
    private readonly ILogger<ConductorLoop> _logger;
    private ConductorState? _state;
    private TimeSpan _last;
    private long _turns;

    /// <summary>A loop that has not begun.</summary>
    /// <param name="conductor">Decides.</param>
    /// <param name="run">Carries out one effect. What it stores is committed when it returns; what it throws is told as the command's error.</param>
    /// <param name="clock">Stamps ticks and follow-ups.</param>
    /// <param name="logger">Told of effects that failed.</param>
    public ConductorLoop(Conductor conductor, Action<Effect> run, ServiceClock clock, ILogger<ConductorLoop> logger)
    {
        _conductor = conductor;
        _run = run;
        _clock = clock;
        _logger = logger;
    }

    /// <summary>How often the loop has turned: the watchdog's proof of life.</summary>
    public long Turns => Volatile.Read(ref _turns);

    /// <summary>Hands in an event.</summary>
    /// <returns>False when the queue is full and the event was not taken.</returns>
    public bool TryPost(ConductorEvent happened) => _events.Writer.TryWrite(happened);

    /// <summary>Begins with <paramref name="started"/> and turns until cancelled.</summary>
    public async Task RunAsync(ServiceStarted started, CancellationToken cancellation)
    {
        CarryOut(_conductor.Start(started));
        using var ticking = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var ticks = TickAsync(ticking.Token);
        try
        {
            await foreach (var happened in _events.Reader.ReadAllAsync(cancellation).ConfigureAwait(false))
            {
                Take(happened);
                Volatile.Write(ref _turns, _turns + 1);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The way out.
        }
        finally
        {
            await ticking.CancelAsync().ConfigureAwait(false);
            await ticks.ConfigureAwait(false);
        }
    }

    private void Take(ConductorEvent happened)
    {
        // Two threads can stamp in one order and post in the other; inside, time never runs backwards.
        var at = happened.At.Elapsed < _last ? happened.At with { Elapsed = _last } : happened.At;
        _last = at.Elapsed;
        CarryOut(_conductor.Step(_state!, happened with { At = at }));
    }

    private void CarryOut(Transition transition)
    {
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
