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

    // Two threads can stamp in one order and post in the other; more than this is a clock that was set back.
    private static readonly TimeSpan Overtaking = TimeSpan.FromSeconds(1);

    // Later than any car drives; two of it can be added, and an interval to that.
    private static readonly TimeSpan LastInstant = TimeSpan.FromDays(365_000);

    private readonly ConductorOptions _options;
    private readonly MoodEstimator _moods;
    private readonly Trips _trips;
    private readonly SongDesk _songs;
    private readonly CommandDesk _commands;
    private readonly PublicationDesk _publications;

    /// <summary>A conductor for a catalogue.</summary>
    /// <exception cref="ArgumentException">The catalogue is empty.</exception>
    public Conductor(ConductorOptions options, IReadOnlyList<Song> catalogue)
    {
        _options = options;
        _moods = new MoodEstimator(options.Moods);
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
                Clock = started.At.Elapsed,
                LatestEvent = started.At.Elapsed,
                Latest = started.At,
                Trip = "",
                Driver = started.Driver,
                EventLog = started.EventLog,
                Changes = ChangeHistory.StartingAt(started.At.Elapsed),
                Mood = MoodEstimate.NoneSince(started.At.Elapsed),
                CommandTokens = new TokenBucket(_options.Commands.PerSecond, started.At.Elapsed),
                Listening = Listening.From(started.Memory),
                Ledger = CommandLedger.From(started.Remembered),
            },
            started.At);
        turn.State = turn.State with { Run = ((uint)turn.Draw()).ToString("x8", CultureInfo.InvariantCulture) };
        _trips.Start(turn, started);
        if (turn.State.MayPlay)
        {
            _songs.PlayNow(turn, turn.State.Override is { } wish ? $"Still what you asked for: {Words.Of(wish.Mood)}." : Words.Beginning(turn.State.Target));
        }

        Settle(turn);
        return new Transition(turn.State, turn.Effects);
    }

    /// <summary>Takes in one event. Never throws for an event, whatever its order or its clock.</summary>
    public Transition Step(ConductorState state, ConductorEvent happened)
    {
        state = AdvanceClock(state with { Latest = Later(state.Latest, happened.At) }, happened.At.Elapsed);
        var turn = new Turn(state, new Moment(state.Clock, state.Latest.Utc));
        // What time alone has ended was over before this event came.
        Pass(turn);
        switch (happened)
        {
            case FaceSeen face:
                See(turn, face);
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
                CommitDesk.Finish(turn, committed);
                break;
            case PlayerReported player:
                SongDesk.Hear(turn, player.Report);
                break;
            case BrokerLost:
                turn.State = turn.State with { Vehicle = turn.State.Vehicle.WithoutSources() };
                break;
            case ServiceStopping:
                Trips.Save(turn, null);
                Wishes.Forget(turn);
                turn.State = turn.State with { IsEnding = true };
                break;
            case EventLogEnded:
                turn.State = turn.State with { EventLog = false };
                break;
            case BrokerConnected:
                _publications.TellAll(turn);
                break;
        }

        Settle(turn);
        return new Transition(turn.State, turn.Effects);
    }

    // An event that was overtaken must not tell what is new under an older time than what was told before, for whoever keeps
    // the newest would drop it. Only a wall clock that went back while the other went on was set back.
    private static Moment Later(Moment latest, Moment at) =>
        at.Elapsed > latest.Elapsed && latest.Utc - at.Utc > Overtaking
            ? at
            : new Moment(at.Elapsed > latest.Elapsed ? at.Elapsed : latest.Elapsed, at.Utc > latest.Utc ? at.Utc : latest.Utc);

    private static ConductorState AdvanceClock(ConductorState state, TimeSpan elapsed)
    {
        elapsed = Bounded(elapsed);
        var now = Bounded(elapsed + state.ClockShift);
        if (state.Clock - now > Overtaking)
        {
            // A clock that was set back must not stop ours, or no track and no wish would ever end. How old the signals
            // are is not known any more.
            return state with { ClockShift = state.Clock - elapsed, LatestEvent = state.Clock, Vehicle = state.Vehicle.Doubted() };
        }

        var clock = now > state.Clock ? now : state.Clock;
        // Whether an event was overtaken or its clock set back a little is not known until time has caught up. Ours waits
        // for it, the signals grow older all the same.
        var waited = now - state.LatestEvent - (clock - state.Clock);
        return state with { Clock = clock, LatestEvent = now, Vehicle = waited > TimeSpan.Zero ? state.Vehicle.Older(waited) : state.Vehicle };

        static TimeSpan Bounded(TimeSpan instant) => instant < TimeSpan.Zero ? TimeSpan.Zero : instant > LastInstant ? LastInstant : instant;
    }

    private void See(Turn turn, FaceSeen face)
    {
        if (!turn.State.MayLook || face.Opening != turn.State.CameraOpening)
        {
            // A frame that was under way when the driver said no: it does not count, not even after a new yes.
            return;
        }

        var observation = face.Observation;
        var mood = observation.Presence == FacePresence.Present
            ? _moods.Read(turn.State.Mood, observation.Reading, turn.Now)
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
            && turn.State.Vehicle[VehicleSignal.Ignition].Refused == before[VehicleSignal.Ignition].Refused;
        if (counts && turn.State.Vehicle[VehicleSignal.Ignition].Value is { } ignition)
        {
            var isBetweenTrips = turn.State.Trip.Length == 0;
            Trips.OnIgnition(turn, (IgnitionState)(int)ignition, arrived.Sample.Retained);
            if (isBetweenTrips && turn.State.MayPlay)
            {
                _songs.Begin(turn);
            }
        }
    }

    // What follows from the state alone, whichever event led to it.
    private void Settle(Turn turn)
    {
        Pass(turn);
        LessonDesk.Hear(turn);
        _songs.Continue(turn);
        _songs.Reword(turn);
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
        var mood = _moods.Lapse(turn.State.Mood, turn.Now);
        if (mood != turn.State.Mood)
        {
            // The state is large, and most of the time nothing lapses.
            turn.State = turn.State with { Mood = mood };
        }

        WatchTension(turn);
    }

    // Without a break: a moment of doubt, or without a look, begins it anew.
    private void WatchTension(Turn turn)
    {
        if (!_options.Limiter.AbruptCalming)
        {
            return;
        }

        var mood = turn.State.Mood;
        var isTense = mood is { Mood: Mood.Tense, Candidate: Mood.Tense } && mood.Confidence >= _options.Limiter.AbruptCalmingConfidence
            && turn.Now - mood.ReadAt <= LookLasts;
        turn.State = turn.State with { TenseSince = isTense ? turn.State.TenseSince ?? turn.Now : null };
    }

    private void TurnCamera(Turn turn)
    {
        var state = turn.State;
        var wanted = state.MayLook && !_options.Limiter.IsCommercial;
        if (wanted == state.CameraRequested)
        {
            return;
        }

        if (wanted)
        {
            // The cabin is told that the camera is on before it is, never after.
            turn.State = state with { CameraRequested = true, CameraOn = true, CameraOpening = state.CameraOpening + 1 };
            turn.Effects.Add(new OpenCamera(turn.State.CameraOpening));
            return;
        }

        turn.State = state with
        {
            CameraRequested = false,
            Face = FacePresence.Absent,
            DesertedSince = _trips.HasDriverLeft(turn) ? state.DesertedSince : null,
        };
        Wishes.ForgetMood(turn);
        // Closing goes before everything else that this event led to.
        turn.Effects.Insert(0, new CloseCamera());
    }
}
