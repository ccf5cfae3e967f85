using System.Globalization;
using CabinMood.Core.Conductor.Effects;
using CabinMood.Core.Conductor.Events;
using CabinMood.Core.Faces;
using CabinMood.Core.Moods;
using CabinMood.Core.Safety;
using CabinMood.Core.Songs;

namespace CabinMood.Core.Conductor;

/// <summary>
/// The heart of CabinMood: (state, event) -> (state, effects). No I/O, no clock, no randomness of its own, so every
/// decision can be replayed from its events. The live service, simulations and property tests run this same code.
/// Instances hold only options and the catalogue; they are thread-safe.
/// </summary>
public sealed class Conductor
{
    // Frames come several times a second; after this long without one, nobody knows who sits there.
    private static readonly TimeSpan LookLasts = TimeSpan.FromSeconds(3);

    private readonly ConductorOptions _options;
    private readonly Trips _trips;
    private readonly SongDesk _songs;
    private readonly CommandDesk _commands;
    private readonly PublicationDesk _publications;

    /// <summary>A conductor for a catalogue.</summary>
    /// <exception cref="ArgumentException">The catalogue is empty.</exception>
    public Conductor(ConductorOptions options, IReadOnlyList<Song> catalogue)
    {
        _options = options;
        _trips = new Trips(options);
        _songs = new SongDesk(options, new SongChooser(catalogue, options.Songs), new SafetyLimiter(options.Limiter, options.Vehicle));
        _commands = new CommandDesk(options, _songs);
        _publications = new PublicationDesk(options, _songs);
    }

    /// <summary>Begins: a trip, its first neutral song, consent withheld, the camera closed.</summary>
    public Transition Start(ServiceStarted started)
    {
        var turn = new Turn(
            new ConductorState
            {
                Random = started.Seed,
                Trip = "",
                Driver = started.Driver,
                Changes = ChangeHistory.StartingAt(started.At.Elapsed),
                Mood = MoodEstimate.NoneSince(started.At.Elapsed),
                CommandTokens = new TokenBucket(_options.Commands.PerSecond, started.At.Elapsed),
                Listening = Listening.From(started.Memory),
            },
            started.At);
        turn.State = turn.State with { Run = ((uint)turn.Draw()).ToString("x8", CultureInfo.InvariantCulture) };
        _trips.Start(turn, started);
        if (!turn.State.SongsSilenced)
        {
            _songs.PlayNow(turn, turn.State.Override is { } wish ? $"Still what you asked for: {Words.Of(wish.Mood)}." : $"To begin with: {Words.Of(turn.State.Target)}.");
        }

        Settle(turn);
        return new Transition(turn.State, turn.Effects);
    }

    /// <summary>Takes in one event. Never throws for an event, whatever its order or its clock.</summary>
    public Transition Step(ConductorState state, ConductorEvent happened)
    {
        var turn = new Turn(state, happened.At);
        // What time alone has ended was over before this event came.
        Pass(turn);
        switch (happened)
        {
            case FaceSeen face:
                See(turn, face.Observation);
                break;
            case CameraChanged camera:
                OnCamera(turn, camera.IsOpen);
                break;
            case SignalArrived signal:
                OnSignal(turn, signal);
                break;
            case SignalUnreadable signal:
                turn.State = turn.State with { Vehicle = turn.State.Vehicle.Without(signal.Signal) };
                break;
            case SignalSourceChanged source:
                turn.State = turn.State with { Vehicle = turn.State.Vehicle.WithSource(source.Signal, source.IsOnline) };
                break;
            case CommandArrived command:
                _commands.Obey(turn, command.Command);
                break;
            case CommandCommitted committed:
                CommandDesk.Finish(turn, committed);
                break;
            case PlayerReported player:
                SongDesk.Hear(turn, player.Report);
                break;
            case BrokerLost:
                turn.State = turn.State with { Vehicle = turn.State.Vehicle.WithoutSources() };
                break;
            case ServiceStopping:
                Trips.Save(turn, null);
                turn.State = turn.State with { IsEnding = true };
                break;
            case BrokerConnected:
                _publications.TellAll(turn);
                break;
        }

        Settle(turn);
        return new Transition(turn.State, turn.Effects);
    }

    private void See(Turn turn, FaceObservation observation)
    {
        if (!turn.State.MayLook)
        {
            // A frame that was under way when the driver said no: it does not count.
            return;
        }

        var mood = observation.Presence == FacePresence.Present
            ? MoodFilter.Read(turn.State.Mood, observation.Reading, turn.Now, _options.Moods)
            : turn.State.Mood;
        turn.State = turn.State with { Face = observation.Presence, LookedAt = turn.Now, Mood = mood };
    }

    private static void OnCamera(Turn turn, bool isOpen)
    {
        turn.State = turn.State with
        {
            // An opening that was overtaken by a closing does not make the camera count as wanted.
            CameraOn = isOpen || turn.State.CameraRequested,
            Face = isOpen ? turn.State.Face : FacePresence.Absent,
        };
        if (isOpen && !turn.State.CameraRequested)
        {
            // However it came to be open: nobody wants it to be.
            turn.Effects.Insert(0, new CloseCamera());
        }
    }

    private void OnSignal(Turn turn, SignalArrived arrived)
    {
        var before = turn.State.Vehicle;
        turn.State = turn.State with { Vehicle = before.With(arrived.Signal, arrived.Sample, turn.Now, _options.Vehicle) };
        var counts = arrived.Signal == VehicleSignal.Ignition && _options.Vehicle.Ignition.Kind != SignalKind.Absent
            && turn.State.Vehicle.Refused == before.Refused;
        if (counts && turn.State.Vehicle[VehicleSignal.Ignition].Value is { } ignition)
        {
            Trips.OnIgnition(turn, (IgnitionState)(int)ignition, arrived.Sample.Retained);
        }
    }

    // What follows from the state alone, whichever event led to it.
    private void Settle(Turn turn)
    {
        Pass(turn);
        LessonDesk.Hear(turn);
        _songs.Continue(turn);
        _publications.TellNews(turn);
    }

    // What ends by the clock.
    private void Pass(Turn turn)
    {
        if (turn.State.Override is { Kind: Commands.OverrideSpanKind.Duration } wish && turn.Now >= wish.Until)
        {
            Wishes.End(turn);
            Trips.Save(turn, null);
        }

        if (turn.State.Face != FacePresence.Absent && turn.Now - turn.State.LookedAt > LookLasts)
        {
            turn.State = turn.State with { Face = FacePresence.Obscured };
        }

        _trips.Watch(turn);
        TurnCamera(turn);
        turn.State = turn.State with { Mood = MoodFilter.Lapse(turn.State.Mood, turn.Now, _options.Moods) };
    }

    private void TurnCamera(Turn turn)
    {
        var state = turn.State;
        var wanted = state.MayLook && !_options.Limiter.Commercial;
        if (wanted == state.CameraRequested)
        {
            return;
        }

        if (wanted)
        {
            // The cabin is told that the camera is on before it is, never after.
            turn.State = state with { CameraRequested = true, CameraOn = true };
            turn.Effects.Add(new OpenCamera());
            return;
        }

        turn.State = state with { CameraRequested = false, Face = FacePresence.Absent, Mood = MoodEstimate.NoneSince(turn.Now) };
        // Closing goes before everything else that this event led to.
        turn.Effects.Insert(0, new CloseCamera());
    }
}
