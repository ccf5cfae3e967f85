using CabinMood.Core.Conductor;
using CabinMood.Core.Conductor.Commands;
using CabinMood.Core.Conductor.Effects;
using CabinMood.Core.Conductor.Events;
using CabinMood.Core.Conductor.Publications;
using CabinMood.Core.Faces;
using CabinMood.Core.Moods;
using CabinMood.Core.Safety;
using CabinMood.Core.Songs;

namespace CabinMood.Core.Tests;

/// <summary>
/// A drive in virtual time: feeds events into the conductor, answers its effects as the shell would, and keeps
/// every step. While time passes, speed is repeated and the camera, when open, sees what <see cref="Looks"/> says.
/// </summary>
internal sealed partial class Drive
{
    private static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly Core.Conductor.Conductor _conductor;
    private readonly List<Step> _steps = [];
    private readonly Disk _disk = new();
    private readonly Queue<Effect> _waiting = new();
    private readonly Queue<ConductorEvent> _answers = new();
    private readonly Dictionary<string, int> _remembered = new(StringComparer.Ordinal);
    private Func<FaceObservation>? _sight;
    private double? _speedKmh;
    private int _commands;
    private bool _isOpen;
    private ulong _seed;
    private TimeSpan _runBegan;

    private Drive(ConductorOptions options, IReadOnlyList<Song> catalogue, ulong seed, TripRecord? stored, DateTimeOffset utc)
    {
        Options = options;
        _conductor = new Core.Conductor.Conductor(options, catalogue);
        UtcAtStart = utc;
        _seed = seed;
        Start(stored);
    }

    public ConductorOptions Options { get; }

    public ConductorState State { get; private set; } = null!;

    /// <summary>Monotonic time since the last start.</summary>
    public TimeSpan Now { get; private set; }

    /// <summary>Wall time at elapsed zero: moving it is a jump of the wall clock.</summary>
    public DateTimeOffset UtcAtStart { get; set; }

    /// <summary>What the shell says about every commit; null when it succeeds.</summary>
    public string? CommitError { get; set; }

    /// <summary>How finely time passes.</summary>
    public double TickSeconds { get; set; } = 0.2;

    /// <summary>Keeps commits waiting until <see cref="Commits"/>.</summary>
    public bool HoldsCommits { get; set; }

    public Moment At => new(Now, UtcAtStart + Now);

    public IReadOnlyList<Step> Steps => _steps;

    /// <summary>The effects of the last event that the test itself brought in.</summary>
    public IReadOnlyList<Effect> Effects { get; private set; } = [];

    public IEnumerable<T> Told<T>()
        where T : Publication =>
        _steps.SelectMany(step => step.Effects).OfType<Publish>().Select(publish => publish.Publication).OfType<T>();

    public IReadOnlyList<SongPublication> Songs => [.. Told<SongPublication>()];

    public SongPublication Song => Told<SongPublication>().Last();

    public LimiterPublication Limiter => Told<LimiterPublication>().Last();

    public PrivacyPublication Privacy => Told<PrivacyPublication>().Last();

    public MoodPublication Mood => Told<MoodPublication>().Last();

    public IReadOnlyList<ReplyPublication> RepliesTo(string id) => [.. Told<ReplyPublication>().Where(reply => reply.Id == id)];

    public string LastCommand => $"c{_commands}";

    public bool CameraIsOpen => _isOpen;

    /// <summary>From which step on it has been on disk that a command was obeyed; null while it is not.</summary>
    public int? RememberedFrom(string id) => _remembered.TryGetValue(CommandDigest.OfId(id), out var step) ? step : null;

    /// <summary>The times at which the mood turned the target.</summary>
    public IReadOnlyList<TimeSpan> MoodChanges => [.. _steps.Where(step => step.IsMoodDrivenChange).Select(step => step.Event.At.Elapsed)];

    /// <summary>A service that has just started in a car about which nothing is known.</summary>
    public static Drive Starts(
        ConductorOptions? options = null,
        IReadOnlyList<Song>? catalogue = null,
        ulong seed = 1,
        TripRecord? stored = null,
        DateTimeOffset? utc = null) =>
        new(options ?? ConductorOptions.Default, catalogue ?? Catalogue.Grid, seed, stored, utc ?? Noon);

    /// <summary>A car on the road, every signal live and quiet, the driver agreed, the first interval over.</summary>
    public static Drive OnTheRoad(ConductorOptions? options = null, IReadOnlyList<Song>? catalogue = null, ulong seed = 1, double tickSeconds = 0.2)
    {
        var drive = Starts(options, catalogue, seed).VehicleIsQuiet().DrivesAt(60).Consents();
        drive.TickSeconds = tickSeconds;
        return drive.Looks(Core.Moods.Mood.Neutral).Waits(drive.Options.Limiter.MinIntervalSeconds);
    }

    public Drive VehicleIsQuiet()
    {
        foreach (var signal in Enum.GetValues<VehicleSignal>())
        {
            Send(new SignalSourceChanged(At, signal, true));
        }

        Signal(VehicleSignal.Ignition, (int)IgnitionState.On).Signal(VehicleSignal.Gear, 127).Signal(VehicleSignal.Fatigue, 10);
        foreach (var flag in new[] { VehicleSignal.DmsWarning, VehicleSignal.Esc, VehicleSignal.Abs, VehicleSignal.Call, VehicleSignal.Navigation })
        {
            Signal(flag, 0);
        }

        return this;
    }

    public Drive DrivesAt(double kmh)
    {
        _speedKmh = kmh;
        return Signal(VehicleSignal.Gear, 127).Signal(VehicleSignal.Speed, kmh);
    }

    public Drive Parks()
    {
        _speedKmh = 0;
        return Signal(VehicleSignal.Speed, 0).Signal(VehicleSignal.Gear, 126);
    }

    public Drive SpeedFallsSilent()
    {
        _speedKmh = null;
        return this;
    }

    public Drive Signal(VehicleSignal signal, double value, bool retained = false, DateTimeOffset? sent = null) =>
        Send(new SignalArrived(At, signal, new SignalSample(value, sent, retained)));

    public Drive Consents() => Asks(id => new SetConsent(id, true, State.Trip));

    public Drive Withdraws() => Asks(id => new SetConsent(id, false, null));

    public Drive ClosesCamera() => Asks(id => new SetCamera(id, false, null));

    public Drive OpensCamera() => Asks(id => new SetCamera(id, true, State.Trip));

    public Drive Wishes(Mood mood, OverrideSpan? span = null) =>
        Asks(id => new OverrideMood(id, CommandSource.Voice, State.Trip, mood, span ?? OverrideSpan.Trip));

    public Drive Presses(OverrideAction action) => Asks(id => new OverrideButton(id, CommandSource.Wheel, State.Trip, action));

    public Drive Skips() => Asks(id => new GiveFeedback(id, CommandSource.Wheel, FeedbackKind.Skip, Song.ChoiceId));

    public Drive Asks(Func<string, Command> command) => Send(new CommandArrived(At, command($"c{++_commands}")));

    public Drive AsksAgain(Command command) => Send(new CommandArrived(At, command));

    /// <summary>What the camera sees from now on.</summary>
    public Drive Looks(Mood mood, float quality = 1)
    {
        _sight = () => Readings.Face(mood, quality);
        return this;
    }

    public Drive IsAway()
    {
        _sight = () => FaceObservation.Absent;
        return this;
    }

    public Drive CameraSees(Func<FaceObservation>? sight)
    {
        _sight = sight;
        return this;
    }

    public Drive Player(PlayerState state, long? remainingMs = null, long? positionMs = null, string? choice = null) =>
        Send(new PlayerReported(At, new PlayerReport(PlayerSource.Cabinmood, choice ?? Song.ChoiceId, state, positionMs, remainingMs)));

    public Drive PlaysSomethingElse() =>
        Send(new PlayerReported(At, new PlayerReport(PlayerSource.Other, null, PlayerState.Playing, null, null)));

    /// <summary>The current track ends by the player's word; waits out the moment a choice holds at least.</summary>
    public Drive TrackEnds() => Waits(2).Player(PlayerState.Playing, remainingMs: 0);

    /// <summary>Lets time pass in small ticks.</summary>
    public Drive Waits(double seconds)
    {
        var end = Now + TimeSpan.FromSeconds(seconds);
        while (Now < end)
        {
            Passes(Math.Min(TickSeconds, (end - Now).TotalSeconds));
            if (_speedKmh is { } kmh)
            {
                Signal(VehicleSignal.Speed, kmh);
            }

            if (_isOpen && _sight is { } sight)
            {
                Send(new FaceSeen(At, sight(), State.CameraOpening));
            }

            Send(new ClockTicked(At));
        }

        return this;
    }

    /// <summary>Moves the clock and nothing else.</summary>
    public Drive Passes(double seconds)
    {
        Now += TimeSpan.FromSeconds(seconds);
        return this;
    }

    public Drive Commits(string? error = null)
    {
        while (_waiting.TryDequeue(out var effect))
        {
            Write(effect, error);
        }

        TakeAnswers();
        return this;
    }

    /// <summary>
    /// The service dies, and a new one finds what was stored. What still waited for the disk is lost, and the camera
    /// closes with the process. The broker and everything else in the car go on.
    /// </summary>
    public Drive Restarts(double secondsAway)
    {
        _waiting.Clear();
        _isOpen = false;
        var away = TimeSpan.FromSeconds(secondsAway);
        _runBegan += State.Clock + away;
        UtcAtStart += Now + away;
        Now = TimeSpan.Zero;
        _seed++;
        Start(_disk.Trip);
        return Send(new BrokerConnected(At));
    }

    public Drive Send(ConductorEvent happened)
    {
        Take(happened);
        return this;
    }

    private void Start(TripRecord? stored)
    {
        var started = new ServiceStarted(At, _seed, stored, _disk.Driver) { Memory = _disk.Memory, Remembered = _disk.Remembered };
        var (state, effects) = _conductor.Start(started);
        Keep(started, State ?? state, state, effects);
    }

    private void Take(ConductorEvent happened)
    {
        var before = State;
        var (state, effects) = _conductor.Step(before, happened);
        Keep(happened, before, state, effects);
    }

    private void Keep(ConductorEvent happened, ConductorState before, ConductorState after, IReadOnlyList<Effect> effects)
    {
        State = after;
        _steps.Add(new Step(_runBegan + after.Clock, happened, before, after, effects));
        foreach (var effect in effects)
        {
            Answer(effect);
        }

        TakeAnswers();
        Effects = effects;
    }

    // As in the service: once all that one event led to has been carried out.
    private void TakeAnswers()
    {
        while (_answers.TryDequeue(out var answer))
        {
            Take(answer);
        }
    }

    // What the shell does about each effect, at once.
    private void Answer(Effect effect)
    {
        switch (effect)
        {
            case OpenCamera:
                _isOpen = true;
                _answers.Enqueue(new CameraChanged(At, true));
                break;
            case CloseCamera:
                _isOpen = false;
                _answers.Enqueue(new CameraChanged(At, false));
                break;
            case Publish:
                break;
            default:
                Store(effect);
                break;
        }
    }

    private void Store(Effect effect)
    {
        // The disk writes in order: nothing overtakes what waits.
        if (HoldsCommits || _waiting.Count > 0)
        {
            _waiting.Enqueue(effect);
            return;
        }

        Write(effect, CommitError);
    }

    private void Write(Effect effect, string? error)
    {
        if (error is null)
        {
            _disk.Write(effect);
            foreach (var command in Disk.RememberedBy(effect))
            {
                _remembered.TryAdd(command.Id, _steps.Count);
            }
        }

        if (Disk.CommandOf(effect) is { } id)
        {
            _answers.Enqueue(new CommandCommitted(At, id, error));
        }
    }
}
