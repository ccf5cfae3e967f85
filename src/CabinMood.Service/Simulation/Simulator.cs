using CabinMood.Core.Conductor;
using CabinMood.Core.Conductor.Events;
using CabinMood.Service.Simulation.Decisions;
using CabinMood.Service.Simulation.Drives;

namespace CabinMood.Service.Simulation;

/// <summary>
/// Plays a drive through the conductor in virtual time: the same code as in the car, without a clock. A recording is
/// played exactly as it was; around what a person wrote, ticks, commits and the camera's answers are made up.
/// </summary>
public sealed class Simulator
{
    // The live service ticks ten times a second; holds and evidence are counted in seconds, and tests hold the drives to one.
    private static readonly TimeSpan TickEvery = TimeSpan.FromSeconds(1);

    // A silence of days must not take minutes to simulate: it is cut into this many steps at most.
    private const long MostTicksBetweenEvents = 10_000;

    private readonly Conductor _conductor;
    private readonly Drive _drive;
    private readonly SimulatedShell _shell;
    private readonly TotalsCounter _totals;
    private readonly List<Decision> _decisions = [];
    private readonly Action<ConductorEvent, ConductorState?, Transition>? _watch;
    private ConductorState? _state;
    private Moment _last;
    private bool _hasStopped;

    private Simulator(Conductor conductor, Drive drive, Action<ConductorEvent, ConductorState?, Transition>? watch)
    {
        _conductor = conductor;
        _drive = drive;
        _watch = watch;
        _shell = new SimulatedShell(drive.Start);
        _totals = new TotalsCounter(drive.Truths);
    }

    /// <summary>Plays a drive to its end.</summary>
    /// <param name="conductor">With the drive's options and songs.</param>
    /// <param name="drive">What happens.</param>
    /// <param name="seed">Another seed than the drive's; null for the drive's own.</param>
    /// <param name="watch">Told of every step, as in the service; null for nobody.</param>
    public static SimulationResult Run(
        Conductor conductor,
        Drive drive,
        ulong? seed = null,
        Action<ConductorEvent, ConductorState?, Transition>? watch = null)
    {
        var simulator = new Simulator(conductor, drive, watch);
        var due = 0;
        for (var i = 0; i < drive.Events.Count; i++)
        {
            var happened = drive.Events[i];
            simulator.PassTimeUntil(happened.At);
            simulator.Play(happened is ServiceStarted started && seed is { } other ? started with { Seed = other } : happened);
            due = i < drive.EventsBeforeGap ? simulator._decisions.Count : due;
        }

        return new SimulationResult(drive, simulator._decisions, simulator._totals.Sum(), due);
    }

    private void PassTimeUntil(Moment next)
    {
        if (_drive.Start.IsRecorded || _state is null || _hasStopped)
        {
            return;
        }

        var gap = next.Elapsed - _last.Elapsed;
        var step = TimeSpan.FromTicks(Math.Max(TickEvery.Ticks, gap.Ticks / MostTicksBetweenEvents));
        // Ticks come on whole seconds, however the events between them fall.
        var first = TimeSpan.FromTicks(((_last.Elapsed.Ticks / step.Ticks) + 1) * step.Ticks);
        for (var at = first; at < next.Elapsed; at += step)
        {
            Take(new ClockTicked(new Moment(at, _last.Utc + (at - _last.Elapsed))));
        }
    }

    private void Play(ConductorEvent happened)
    {
        if (happened is ServiceStarted started)
        {
            Start(_drive.Start.IsRecorded ? started : _shell.Restart(started));
        }
        else if (!_hasStopped)
        {
            Take(_drive.Start.IsRecorded ? happened : Placeholders.Fill(happened, _state!));
        }

        _hasStopped |= happened is ServiceStopping;
    }

    private void Start(ServiceStarted started)
    {
        _hasStopped = false;
        Keep(started, null, _conductor.Start(started));
        Answer();
    }

    private void Take(ConductorEvent happened)
    {
        Step(happened);
        Answer();
    }

    // What the camera and the player answer comes after all that one event led to.
    private void Answer()
    {
        while (_shell.Waiting.TryDequeue(out var answer))
        {
            Step(answer);
        }
    }

    private void Step(ConductorEvent happened) => Keep(happened, _state, _conductor.Step(_state!, happened));

    private void Keep(ConductorEvent happened, ConductorState? before, Transition transition)
    {
        _watch?.Invoke(happened, before, transition);
        _state = transition.State;
        _last = happened.At;
        var first = _decisions.Count;
        if (transition.Effects.Count > 0)
        {
            _decisions.AddRange(DecisionReader.Of(happened, before, transition));
        }

        _totals.Add(happened.At.Elapsed, transition.State, _decisions, first);
        if (_drive.Start.IsRecorded)
        {
            return;
        }

        // As in the service, commits are told once every effect has been carried out.
        var commits = transition.Effects.Select(effect => _shell.CarryOut(effect, happened.At)).OfType<string>().ToList();
        commits.ForEach(command => Step(new CommandCommitted(happened.At, command, null)));
    }
}
