using System.Diagnostics;
using CabinMood.Core.Conductor;
using CabinMood.Core.Conductor.Commands;
using CabinMood.Core.Conductor.Effects;
using CabinMood.Core.Conductor.Events;
using CabinMood.Core.Conductor.Publications;
using CabinMood.Core.Faces;
using CabinMood.Core.Safety;

namespace CabinMood.Service.Simulation.Population;

/// <summary>
/// One simulated driver on the road: every event goes through the real conductor in virtual time, and what it publishes
/// is held against the hidden truth. Not thread-safe.
/// </summary>
internal sealed class SimulatedDrive
{
    private const double SpeedKmh = 60;
    private const string Consenting = "consent";
    private static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly Conductor _conductor;
    private readonly Queue<ConductorEvent> _waiting = new();
    private readonly HourTally _tally;
    private ConductorState _state;
    private TimeSpan _now;

    private SimulatedDrive(Conductor conductor, HourTally tally, ulong seed)
    {
        _conductor = conductor;
        _tally = tally;
        var (state, effects) = conductor.Start(new ServiceStarted(At, seed, null, DriverSettings.Default));
        _state = state;
        Answer(effects);
    }

    private Moment At => new(_now, Noon + _now);

    /// <summary>Draws a driver and drives.</summary>
    /// <param name="conductor">The real thing, with the options under test.</param>
    /// <param name="model">How the net errs.</param>
    /// <param name="plan">How long, how often, how alike.</param>
    /// <param name="driver">The driver's number: the same number is the same driver in the same moods, whatever the conductor's options.</param>
    public static HourTally Run(Conductor conductor, NoiseModel model, PopulationPlan plan, int driver)
    {
        var random = new GaussianRandom(plan.Seed * 1_000_003 + (ulong)driver);
        var seconds = plan.Hours * 3600;
        var truth = HiddenMoods.Draw(random, seconds);
        var face = new SimulatedFace(model, random, plan.CarryOver);
        var tally = new HourTally(truth, seconds);
        new SimulatedDrive(conductor, tally, random.Seed()).Drive(truth, face, seconds, 1 / plan.Hertz);
        tally.Close();
        return tally;
    }

    private void Drive(HiddenMoods truth, SimulatedFace face, double seconds, double step)
    {
        Depart();
        var (mood, flicker) = (0, 0);
        var spoken = -1.0;
        for (var frame = 1; frame * step < seconds; frame++)
        {
            var at = frame * step;
            _now = TimeSpan.FromSeconds(at);
            if (at - spoken >= 1)
            {
                spoken = at;
                Take(new SignalArrived(At, VehicleSignal.Speed, new SignalSample(SpeedKmh, null, false)));
            }

            while (truth.Moods[mood].ToSeconds <= at)
            {
                mood++;
            }

            while (flicker < truth.Flickers.Count && truth.Flickers[flicker].ToSeconds <= at)
            {
                flicker++;
            }

            var isFlicker = flicker < truth.Flickers.Count && truth.Flickers[flicker].FromSeconds <= at;
            var shown = isFlicker ? truth.Flickers[flicker].Shown : truth.Moods[mood].Shown;
            Take(new FaceSeen(At, new FaceObservation(FacePresence.Present, face.Read(shown, step)), _state.CameraOpening));
        }
    }

    // Every signal live and quiet, the driver agreed.
    private void Depart()
    {
        foreach (var signal in Enum.GetValues<VehicleSignal>())
        {
            Take(new SignalSourceChanged(At, signal, true));
            var quiet = signal switch
            {
                VehicleSignal.Gear => 127,
                VehicleSignal.Ignition => (int)IgnitionState.On,
                VehicleSignal.Speed => SpeedKmh,
                _ => 0,
            };
            Take(new SignalArrived(At, signal, new SignalSample(quiet, null, false)));
        }

        Take(new CommandArrived(At, new SetConsent(Consenting, true, _state.Trip)));
        Debug.Assert(_state.MayLook, "a simulated driver always agrees");
    }

    private void Take(ConductorEvent happened)
    {
        Step(happened);
        while (_waiting.TryDequeue(out var answer))
        {
            Step(answer);
        }
    }

    private void Step(ConductorEvent happened)
    {
        var target = _state.Target;
        var (state, effects) = _conductor.Step(_state, happened);
        _state = state;
        if (state.Target != target)
        {
            _tally.TurnMusic();
        }

        Answer(effects);
    }

    // As the shell would: the camera opens and commits succeed at once.
    private void Answer(IReadOnlyList<Effect> effects)
    {
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case Publish { Publication: MoodPublication mood }:
                    _tally.Publish(_now.TotalSeconds, mood.Mood, mood.Confidence);
                    break;
                case OpenCamera:
                    _waiting.Enqueue(new CameraChanged(At, true));
                    break;
                case SaveTrip { CommandId: { } id }:
                    _waiting.Enqueue(new CommandCommitted(At, id, null));
                    break;
            }
        }
    }
}
