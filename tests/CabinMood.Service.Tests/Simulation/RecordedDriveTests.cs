using System.Text;
using System.Text.Json;
using CabinMood.Core.Conductor;
using CabinMood.Core.Conductor.Commands;
using CabinMood.Core.Conductor.Effects;
using CabinMood.Core.Conductor.Events;
using CabinMood.Core.Conductor.Publications;
using CabinMood.Core.Faces;
using CabinMood.Core.Songs;
using CabinMood.Core.Songs.Learning;
using CabinMood.Service.Options;
using CabinMood.Service.Recording;
using CabinMood.Service.Simulation.Drives;
using CabinMood.Service.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace CabinMood.Service.Tests.Simulation;

/// <summary>Drives recorded by the service's own event log and played again.</summary>
public sealed class RecordedDriveTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(ScriptedDriveTests.Names), MemberType = typeof(ScriptedDriveTests))]
    public async Task A_recorded_drive_gives_the_same_decisions_byte_for_byte(string name)
    {
        var drive = Played.Scripted(name);
        var (original, log) = await RecordAsync(drive);

        var recorded = DriveReader.ReadFile(log);
        var replayed = Played.Play(recorded);

        Assert.Null(recorded.Gap);
        Assert.Equal(Played.Lines(original), recorded.Decisions.Select(decision => decision.Text));
        Assert.Null(replayed.FirstDifference());
        Assert.Equal(Played.Lines(original), Played.Lines(replayed));
    }

    [Fact]
    public async Task Every_event_is_read_back_bit_for_bit()
    {
        var happened = new List<ConductorEvent>();
        var drive = Played.Read(Played.Quiet + EverySort);
        var (_, log) = await RecordAsync(drive, happened.Add);

        var read = DriveReader.ReadFile(log).Events;

        Assert.Equal(happened.Count, read.Count);
        Assert.All(happened.Zip(read), pair => Assert.Equal(Comparable(pair.First), Comparable(pair.Second)));
    }

    [Fact]
    public async Task Without_consent_no_reading_reaches_the_disk()
    {
        var drive = Played.Read(Played.Quiet + """
            {"from":2,"to":20,"hz":10,"event":"reading","emotions":{"happiness":1}}
            {"at":10,"event":"command","topic":"consent","payload":{"id":"no","granted":false}}
            """);

        var (_, log) = await RecordAsync(drive);

        var seen = DriveReader.ReadFile(log).Events.OfType<FaceSeen>().ToArray();
        // The reading of 10 s stands before the withdrawal of 10 s.
        Assert.Equal(81, seen.Length);
        Assert.All(seen, face => Assert.InRange(face.At.Elapsed.TotalSeconds, 2, 10));
    }

    [Fact]
    public async Task A_log_that_reached_its_size_says_so_and_what_it_has_can_be_played()
    {
        var drive = Played.Scripted("motorway");

        var (_, log) = await RecordAsync(drive, configure: options => options.Diagnostics.EventLogMaxMegabytes = 1);

        Assert.InRange(new FileInfo(log).Length, 900_000, 1_000_000);
        var recorded = DriveReader.ReadFile(log);
        Assert.Equal("it ends where it reached its size limit", recorded.Gap);
        Assert.Equal(recorded.Decisions.Select(decision => decision.Text), Played.Lines(Played.Play(recorded)).Take(recorded.Decisions.Count));
    }

    [Fact]
    public async Task A_log_whose_last_line_was_cut_off_can_be_played_up_to_there()
    {
        var (_, log) = await RecordAsync(Played.Scripted("reversing"));
        var text = await File.ReadAllTextAsync(log);

        var recorded = Played.Read(text[..(text.Length / 2)]);

        Assert.Equal("its last line is cut off", recorded.Gap);
        Assert.NotEmpty(Played.Play(recorded).Decisions);
    }

    [Fact]
    public async Task A_disk_that_does_not_follow_loses_events_says_where_and_never_keeps_the_conductor_waiting()
    {
        using var disk = new HangingStream();
        var log = new EventLog(disk, new CabinMoodOptions(), CatalogueIdentity.Of(Played.Songs), TimeProvider.System, NullLogger<EventLog>.Instance, ended: () => { });
        var steps = new List<(ConductorEvent Event, ConductorState? Before, Transition Transition)>();
        Played.Play(Played.Scripted("motorway"), watch: (happened, before, transition) => steps.Add((happened, before, transition)));

        steps.ForEach(step => log.Take(step.Event, step.Before, step.Transition));
        disk.GoOn();
        SpinWait.SpinUntil(() => log.Waiting == 0);
        log.Take(new ClockTicked(steps[^1].Event.At), steps[^1].Before, steps[^1].Transition);
        await log.DisposeAsync();

        var recorded = Played.Read(Encoding.UTF8.GetString(disk.ToArray()));
        Assert.Matches("^[0-9]+ or more events could not be written$", recorded.Gap);
        Assert.InRange(recorded.Events.Count, 1000, steps.Count - 1);
    }

    [Fact]
    public async Task A_second_start_keeps_the_log_before_and_erasing_deletes_both()
    {
        await RecordAsync(Played.Scripted("reversing"));
        await RecordAsync(Played.Scripted("reversing"));
        Assert.Equal(["events.jsonl", "events.jsonl.1"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));

        EventLogFiles.DeleteAll(_folder.Path);

        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task A_log_of_a_car_that_has_learned_gives_the_same_songs()
    {
        var learned = DriverMemory.None;
        Played.Play(Played.Read(Likes), watch: (_, _, transition) =>
            learned = transition.Effects.OfType<SaveFeedback>().LastOrDefault()?.Memory ?? learned);
        var start = $$"""{"event":"start","trackSeconds":30,"memory":{{JsonSerializer.Serialize(learned, RecordJson.Default.DriverMemory)}}}""";
        var drive = Played.Read($"{start}\n{TenMinutes}");

        var (result, log) = await RecordAsync(drive);

        Assert.Equal(Played.Lines(result), Played.Lines(Played.Play(DriveReader.ReadFile(log))));
        var unlearned = Played.Play(Played.Read($$"""{"event":"start","trackSeconds":30}{{"\n"}}{{TenMinutes}}"""));
        Assert.NotEqual(Played.Lines(unlearned), Played.Lines(result));
    }

    [Fact]
    public async Task A_log_of_a_run_that_knew_commands_gives_the_same_answers()
    {
        var style = new SetStyle("known", Style.Calm);
        var remembered = JsonSerializer.Serialize(
            [new RememberedCommand(CommandDigest.OfId(style.Id), CommandDigest.Of(style), ReplyStatus.Ok)], RecordJson.Default.RememberedCommandArray);
        var start = $$"""{"event":"start","remembered":{{remembered}} }""";
        var drive = Played.Read(start + """

            {"at":1,"event":"command","topic":"style","payload":{"id":"known","style":"calm"}}
            {"at":2,"event":"command","topic":"style","payload":{"id":"known","style":"lift"}}
            """);

        var (result, log) = await RecordAsync(drive);

        Assert.Equal(["ok", "error"], result.Decisions.Where(decision => decision.Id == "known").Select(decision => decision.State));
        Assert.Equal(Played.Lines(result), Played.Lines(Played.Play(DriveReader.ReadFile(log))));
    }

    private const string TenMinutes = """{"at":600,"event":"tick"}""";

    private const string Likes = """
        {"event":"start","trackSeconds":30}
        {"from":10,"to":190,"hz":0.1,"event":"command","topic":"feedback","payload":{"id":"like-$n","source":"touch","kind":"like","choiceId":"$choice"}}
        """;

    private const string EverySort = """
        {"from":2,"to":5,"hz":7.3,"event":"reading","emotions":{"happiness":0.333333,"neutral":0.666667},"valence":0.1234567,"arousal":-0.9876543,"quality":0.5,"mouthActivity":0.7}
        {"at":3,"event":"reading","emotions":{"fear":"NaN","neutral":1},"valence":"-Infinity","quality":0}
        {"at":5,"event":"no-face"}
        {"at":6,"event":"obscured"}
        {"at":6.0000001,"event":"camera","open":false}
        {"at":7,"event":"signal","signal":"speed","value":1e-300,"retained":true,"ts":"2026-06-01T12:00:07.1234567Z"}
        {"at":8,"event":"unreadable","signal":"fatigue"}
        {"at":9,"event":"command","topic":"override","payload":{"id":"a","source":"voice","trip":"$trip","mood":"calm","for":"PT23H0.000001S"}}
        {"at":9,"event":"command","topic":"override","payload":{"id":"b","source":"voice","trip":"$trip","mood":"sad","for":"PT1H2M3.5S"}}
        {"at":10,"event":"command","topic":"override","payload":{"id":"c","source":"wheel","trip":"$trip","action":"previous-target"}}
        {"at":11,"event":"command","topic":"override","payload":{"id":"d","source":"touch","clear":true}}
        {"at":12,"event":"command","topic":"feedback","payload":{"id":"e","source":"touch","kind":"dislike","choiceId":"$choice"}}
        {"at":13,"event":"command","topic":"style","payload":{"id":"f","style":"lift"}}
        {"at":14,"event":"command","topic":"camera","payload":{"id":"g","on":true,"trip":"$trip"}}
        {"at":15,"event":"command","topic":"camera","payload":{"id":"h","on":false}}
        {"at":16,"event":"player","payload":{"source":"cabinmood","choiceId":"$choice","state":"paused","positionMs":1}}
        {"at":17,"event":"broker","connected":false}
        {"at":18,"event":"broker","connected":true}
        {"at":19,"event":"committed","id":"x","error":"the disk is full"}
        {"at":20,"event":"stop"}
        """;

    private async Task<(CabinMood.Service.Simulation.SimulationResult Result, string File)> RecordAsync(
        Drive drive, Action<ConductorEvent>? hear = null, Action<CabinMoodOptions>? configure = null)
    {
        var options = Played.Options(drive);
        options.Diagnostics.EventLog = _folder.File("events.jsonl");
        configure?.Invoke(options);
        await using var log = EventLog.Open(options, Played.Songs, TimeProvider.System, NullLogger<EventLog>.Instance, ended: () => { })!;
        var result = Played.Play(drive, watch: (happened, before, transition) =>
        {
            hear?.Invoke(happened);
            // A drive is played thousands of times faster than a car drives it.
            SpinWait.SpinUntil(() => log.Waiting < 1000);
            log.Take(happened, before, transition);
        });
        return (result, options.Diagnostics.EventLog);
    }

    // Records compare by value, but for the lists in them.
    private static object Comparable(ConductorEvent happened) => happened switch
    {
        ServiceStarted started => (started.At, started.Seed, started.Stored, started.EventLog),
        FaceSeen { Observation.Presence: not FacePresence.Present } face => (face.At, face.Observation.Presence),
        _ => happened,
    };
}
