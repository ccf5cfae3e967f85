using System.Globalization;
using CabinMood.Core.Conductor;
using CabinMood.Core.Conductor.Commands;
using CabinMood.Core.Conductor.Events;
using CabinMood.Core.Emotions;
using CabinMood.Core.Faces;
using CabinMood.Core.Moods;
using CabinMood.Core.Safety;
using CabinMood.Core.Songs;
using FsCheck;
using FsCheck.Fluent;

namespace CabinMood.Core.Tests.Properties;

/// <summary>Random drives: ordinary ones in which much happens, with hostile events mixed in.</summary>
internal static class RandomDrives
{
    private static readonly double[] Numbers =
    [
        0, 1, -1, 0.5, 2, 3, 4, 5, 20, 60, 80, 100, 126, 127, 900, -0.0, double.NaN, double.PositiveInfinity, double.NegativeInfinity,
        double.MaxValue, double.MinValue, double.Epsilon, int.MaxValue,
    ];

    private static readonly long?[] Milliseconds = [null, 0, -1, 1, 500, 4_000, 29_000, int.MaxValue, long.MaxValue, long.MinValue];

    private static readonly VehicleSignal[] Signals = Enum.GetValues<VehicleSignal>();

    private static readonly Mood[] Moods = Enum.GetValues<Mood>();

    public static Arbitrary<RandomDrive> Any { get; } = Arb.From(
        from seed in Gen.Choose(0, int.MaxValue)
        from rules in RandomRules.Any
        from length in Gen.Choose(1, 25)
        from acts in AnyAct.ArrayOf(length)
        select new RandomDrive((ulong)seed, rules, acts),
        Shrink);

    private static Gen<Act> AnyAct => Gen.Frequency(
        (8, LastingMood),
        (4, Feel),
        (4, QuietRoad),
        (2, Wait),
        (2, TrackEnd),
        (4, Command),
        (2, Signal),
        (2, Raised),
        (3, Driving),
        (1, Consent),
        (1, Closing),
        (2, Hostile),
        (2, Disorder),
        (2, HostileNumber),
        (2, OldSamples),
        (1, Tension),
        (1, Park),
        (2, Restart));

    private static Gen<Act> LastingMood =>
        from mood in Gen.Elements(Moods)
        from seconds in Gen.Choose(5, 15)
        select new Act($"looks {mood} for {seconds} s until the track ends", drive => drive.Looks(mood).Waits(seconds).TrackEnds());

    // Longer than abrupt calming asks for, and in the middle of a track.
    private static Gen<Act> Tension => Gen.Constant(new Act("looks tense for 24 s from the beginning of a track on", drive => drive.TrackEnds().Looks(Mood.Tense).Waits(24)));

    // The first are within the time that bridges a restart, the others beyond it.
    private static Gen<Act> Restart => Gen.Frequency(
        (3, from seconds in Gen.Elements(0.0, 1, 5, 29, 31, 600)
            select new Act(string.Create(CultureInfo.InvariantCulture, $"the service dies and is back after {seconds} s"), drive => drive.Restarts(seconds))),
        (1, from seconds in Gen.Elements(0.0, 5, 31)
            select new Act(string.Create(CultureInfo.InvariantCulture, $"the service is stopped and is back after {seconds} s"), drive => drive.Send(new ServiceStopping(drive.At)).Restarts(seconds))),
        (2, from no in Closing
            from seconds in Gen.Elements(0.0, 5)
            select new Act(
                string.Create(CultureInfo.InvariantCulture, $"{no}, and the service dies at once and is back after {seconds} s"),
                drive =>
                {
                    no.Do(drive);
                    drive.Restarts(seconds);
                })),
        (2, from seconds in Gen.Elements(0.0, 5, 31)
            select new Act(
                string.Create(CultureInfo.InvariantCulture, $"the service dies, is back after {seconds} s, and the last 5 commands come again"),
                drive =>
                {
                    var commands = drive.Steps.Select(step => step.Event).OfType<CommandArrived>().TakeLast(5).ToList();
                    drive.Restarts(seconds);
                    commands.ForEach(arrived => drive.AsksAgain(arrived.Command));
                })),
        (2, from seconds in Gen.Elements(1.0, 5)
            from mood in Gen.Elements(Moods)
            select new Act(
                string.Create(CultureInfo.InvariantCulture, $"the service dies, is back after {seconds} s, and after 25 s of a quiet road looking {mood} the track ends"),
                drive => drive.Restarts(seconds).VehicleIsQuiet().Signal(VehicleSignal.EyesClosed, 0).DrivesAt(70).Looks(mood).Waits(25).TrackEnds())));

    private static Gen<Act> Park =>
        from mood in Gen.Elements(Moods)
        select new Act(
            $"in park, looks {mood} for 8 s until the track ends",
            drive => drive.VehicleIsQuiet().Signal(VehicleSignal.EyesClosed, 0).Parks().Looks(mood).Waits(8).TrackEnds());

    private static Gen<Act> QuietRoad => Gen.Constant(new Act(
        "a quiet road, consent and no wish",
        drive => drive.Signal(VehicleSignal.EyesClosed, 0).VehicleIsQuiet().Signal(VehicleSignal.EyesClosed, 0).DrivesAt(70)
            .Consents().OpensCamera().Presses(OverrideAction.Auto)));

    private static Gen<Act> Feel =>
        from mood in Gen.Elements(Moods)
        from seconds in Gen.Choose(0, 8)
        select new Act($"looks {mood} for {seconds} s", drive => drive.Looks(mood).Waits(seconds));

    private static Gen<Act> Wait =>
        from seconds in Gen.Elements(0.1, 1, 3, 7, 12, 25)
        select new Act(string.Create(CultureInfo.InvariantCulture, $"{seconds} s pass"), drive => drive.Waits(seconds));

    private static Gen<Act> TrackEnd => Gen.Constant(new Act("the track ends", drive => drive.TrackEnds()));

    private static Gen<Act> Consent => Gen.Elements(
        new Act("consents", drive => drive.Consents()),
        new Act("opens the camera", drive => drive.OpensCamera()),
        new Act("consents for another trip", drive => drive.Asks(id => new SetConsent(id, true, "0123456789abcdef"))),
        new Act("opens the camera for no trip", drive => drive.Asks(id => new SetCamera(id, true, null))));

    private static Gen<Act> Closing => Gen.Elements(
        new Act("withdraws consent", drive => drive.Withdraws()),
        new Act("closes the camera", drive => drive.ClosesCamera()));

    private static Gen<Act> Driving => Gen.Elements(
        new Act("parks", drive => drive.Parks()),
        new Act("drives", drive => drive.DrivesAt(60)),
        new Act("all is well with the vehicle", drive => drive.VehicleIsQuiet().DrivesAt(50)),
        new Act("the speed falls silent", drive => drive.SpeedFallsSilent()),
        new Act("the driver is away", drive => drive.IsAway()),
        new Act("the view is blocked", drive => drive.CameraSees(() => FaceObservation.Obscured)),
        new Act("frames stop", drive => drive.CameraSees(null)));

    private static Gen<Act> Signal =>
        from signal in Gen.Elements(Signals)
        from value in Gen.Elements(0.0, 1, -1, 126, 127, 70, 2, 4)
        from retained in Gen.Elements(false, false, true)
        from sent in Gen.Elements<double?>(null, null, 0, 5, 6, 100)
        select new Act(
            string.Create(CultureInfo.InvariantCulture, $"{signal} = {value}{(retained ? " retained" : "")}{(sent is null ? "" : $" sent at {sent}")}"),
            drive => drive.Signal(signal, value, retained, sent is { } second ? DateTimeOffset.UnixEpoch.AddSeconds(second) : null));

    private static Gen<Act> Raised =>
        from signal in Gen.Elements(VehicleSignal.DmsWarning, VehicleSignal.Esc, VehicleSignal.Abs, VehicleSignal.Call, VehicleSignal.Navigation)
        from mood in Gen.Elements(Moods)
        select new Act(
            $"on a quiet road {signal} is raised while looking {mood} for 25 s until the track ends",
            drive => drive.VehicleIsQuiet().Signal(VehicleSignal.EyesClosed, 0).DrivesAt(70).Signal(signal, 1).Looks(mood).Waits(25).TrackEnds());

    // What a bridge or broker kept from before a signal was raised, delivered at once or at some pace.
    private static Gen<Act> OldSamples =>
        from signal in Gen.Elements(VehicleSignal.DmsWarning, VehicleSignal.Esc, VehicleSignal.Abs, VehicleSignal.Call, VehicleSignal.Navigation, VehicleSignal.Gear)
        from mood in Gen.Elements(Moods)
        from count in Gen.Choose(2, 30)
        from apart in Gen.Elements(0.0, 0.2, 0.5, 1)
        from pace in Gen.Elements(0.0, 0.5, 1, 3)
        from retained in Gen.Elements(false, false, true)
        select new Act(
            string.Create(CultureInfo.InvariantCulture, $"looking {mood}, {signal} is raised, then come {count}{(retained ? " retained" : "")} samples from long before it, {apart} s apart with stamps {pace} times as far, until the track ends"),
            drive =>
            {
                var raisedAt = DateTimeOffset.UnixEpoch.AddSeconds(10_000);
                drive.VehicleIsQuiet().Signal(VehicleSignal.EyesClosed, 0).DrivesAt(70).Looks(mood).Waits(8)
                    .Signal(signal, signal == VehicleSignal.Gear ? -1 : 1, sent: raisedAt);
                for (var i = 0; i < count; i++)
                {
                    drive.Waits(apart).Signal(signal, signal == VehicleSignal.Gear ? 127 : 0, retained, DateTimeOffset.UnixEpoch.AddSeconds(i * apart * pace));
                }

                drive.TrackEnds();
            });

    private static Gen<Act> Command =>
        from mood in Gen.Elements(Moods)
        from action in Gen.Elements(Enum.GetValues<OverrideAction>())
        from kind in Gen.Elements(Enum.GetValues<FeedbackKind>())
        from act in Gen.Elements(
            new Act($"wishes {mood} for the trip", drive => drive.Wishes(mood)),
            new Act($"wishes {mood} for a song", drive => drive.Wishes(mood, OverrideSpan.Song)),
            new Act($"wishes {mood} for 10 s", drive => drive.Wishes(mood, OverrideSpan.For(TimeSpan.FromSeconds(10)))),
            new Act($"presses {action}", drive => drive.Presses(action)),
            new Act("clears the wish", drive => drive.Asks(id => new ClearOverride(id, CommandSource.Touch))),
            new Act($"gives {kind}", drive => drive.Asks(id => new GiveFeedback(id, CommandSource.Wheel, kind, drive.Song.ChoiceId))),
            new Act("wants it calm", drive => drive.Asks(id => new SetStyle(id, Style.Calm))),
            new Act("names artists", drive => drive.Asks(id => new SetTaste(id, [.. Enumerable.Range(0, 25).Select(artist => $"Artist {artist}")], [], []))),
            new Act("names an artist of the song that plays", drive => drive.Asks(id => new SetTaste(id, [drive.Song.Song.Artist], [], []))),
            new Act("excludes artists", drive => drive.Asks(id => new SetTaste(id, [], ["de"], ["Artist 1", "Artist 2"]))),
            new Act("erases", drive => drive.Asks(id => new EraseDriver(id))))
        select act;

    private static Gen<Act> Hostile => Gen.Elements(
        new Act("the last command comes again", drive => drive.AsksAgain(new SetConsent(drive.LastCommand, true, drive.State.Trip))),
        new Act("30 commands at once", drive =>
        {
            for (var i = 0; i < 30; i++)
            {
                drive.Presses(OverrideAction.Next);
            }
        }),
        new Act("the wall clock jumps 49 days on", drive => drive.UtcAtStart = new DateTimeOffset(2026, 7, 20, 12, 0, 0, TimeSpan.Zero)),
        new Act("the wall clock jumps back", drive => drive.UtcAtStart = new DateTimeOffset(1970, 1, 1, 0, 0, 0, TimeSpan.Zero)),
        new Act("the wall clock is at its beginning", drive => drive.UtcAtStart = DateTimeOffset.MinValue),
        new Act("the wall clock is near its end", drive => drive.UtcAtStart = DateTimeOffset.MaxValue - TimeSpan.FromDays(400)),
        new Act("49 days pass without an event", drive => drive.Passes(49.71 * 86400)),
        new Act("the broker is lost", drive => drive.Send(new BrokerLost(drive.At))),
        new Act("the broker is back", drive => drive.Send(new BrokerConnected(drive.At))),
        new Act("the driver plays something else", drive => drive.PlaysSomethingElse()),
        new Act("the driver plays something else and the broker comes back", drive => drive.PlaysSomethingElse().Send(new BrokerConnected(drive.At))),
        new Act("the camera says it opened", drive => drive.Send(new CameraChanged(drive.At, true))),
        new Act("the camera says it closed", drive => drive.Send(new CameraChanged(drive.At, false))),
        new Act("a frame comes late", drive => drive.Send(new FaceSeen(drive.At, Readings.Face(Mood.Happy), drive.State.CameraOpening))),
        new Act("a commit nobody waits for", drive => drive.Send(new CommandCommitted(drive.At, "nobody", null))),
        new Act("the disk is full", drive => drive.CommitError = "the disk is full"),
        new Act("the disk is well", drive => drive.CommitError = null),
        new Act("commits wait", drive => drive.HoldsCommits = true),
        new Act("commits come", drive =>
        {
            drive.HoldsCommits = false;
            drive.Commits();
        }),
        new Act("a wish for ever", drive => drive.Wishes(Mood.Happy, OverrideSpan.For(TimeSpan.MaxValue))),
        new Act("a wish for less than nothing", drive => drive.Wishes(Mood.Happy, OverrideSpan.For(TimeSpan.MinValue))));

    // Duplicates, reordering, clocks that jump, and everything gone at once.
    private static Gen<Act> Disorder =>
        from back in Gen.Choose(1, 60)
        from count in Gen.Choose(2, 20)
        from seconds in Gen.Elements(-49.71 * 86400, -3600, -30, -1, -0.001, 3600, 49.71 * 86400)
        from act in Gen.Elements(
            new Act($"the event of {back} steps ago comes again", drive => Repeat(drive, back, 1)),
            new Act($"the last {count} events come again", drive => Repeat(drive, count, count)),
            new Act($"the last {count} events come again in reverse", drive => Repeat(drive, count, count, isReversed: true)),
            new Act(string.Create(CultureInfo.InvariantCulture, $"the monotonic clock jumps by {seconds} s"), drive => drive.Passes(Math.Max(seconds, -drive.Now.TotalSeconds))),
            new Act("every source goes offline", drive =>
            {
                foreach (var signal in Signals)
                {
                    drive.Send(new SignalSourceChanged(drive.At, signal, false));
                }

                drive.SpeedFallsSilent();
            }),
            new Act("the service is stopping", drive => drive.Send(new ServiceStopping(drive.At))))
        select act;

    private static void Repeat(Drive drive, int back, int count, bool isReversed = false)
    {
        // A start is no event of the loop; what is repeated came with its own time.
        var events = drive.Steps.Skip(Math.Max(1, drive.Steps.Count - back)).Take(count).Where(step => !step.IsStart).Select(step => step.Event).ToList();
        if (isReversed)
        {
            events.Reverse();
        }

        foreach (var happened in events)
        {
            drive.Send(happened);
        }
    }

    private static Gen<Act> HostileNumber =>
        from number in Gen.Elements(Numbers)
        from signal in Gen.Elements(Signals)
        from left in Gen.Elements(Milliseconds)
        from position in Gen.Elements(Milliseconds)
        from state in Gen.Elements(Enum.GetValues<PlayerState>())
        from isOnline in Gen.Elements(true, false)
        from act in Gen.Elements(
            new Act(string.Create(CultureInfo.InvariantCulture, $"{signal} = {number}"), drive => drive.Signal(signal, number)),
            new Act($"{signal} is unreadable", drive => drive.Send(new SignalUnreadable(drive.At, signal))),
            new Act($"the source of {signal} is {(isOnline ? "on" : "off")}line", drive => drive.Send(new SignalSourceChanged(drive.At, signal, isOnline))),
            new Act($"the player says {state}, position {position}, remaining {left}", drive => drive.Player(state, left, position)),
            new Act($"the player says {state} of another choice", drive => drive.Player(state, left, position, "other")),
            new Act(string.Create(CultureInfo.InvariantCulture, $"a reading of {number}"), drive =>
            {
                var emotions = EmotionProbabilities.Certain(Emotion.Happiness);
                emotions[2] = (float)number;
                drive.Send(new FaceSeen(drive.At, new FaceObservation(FacePresence.Present, new EmotionReading(emotions, (float)number, 0, (float)number)), drive.State.CameraOpening));
                drive.Send(new FaceSeen(drive.At, new FaceObservation(FacePresence.Present, Readings.Of(Mood.Sad, quality: (float)number)), drive.State.CameraOpening));
            }))
        select act;

    // Halves, then quarters, then single acts are left out.
    private static IEnumerable<RandomDrive> Shrink(RandomDrive drive)
    {
        for (var size = drive.Acts.Count / 2; size > 0; size /= 2)
        {
            for (var start = 0; start < drive.Acts.Count; start += size)
            {
                yield return drive with { Acts = [.. drive.Acts.Take(start), .. drive.Acts.Skip(start + size)] };
            }
        }
    }
}
