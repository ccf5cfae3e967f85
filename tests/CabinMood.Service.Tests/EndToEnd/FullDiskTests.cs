using System.Text.Json;
using CabinMood.Core.Conductor;
using CabinMood.Core.Conductor.Commands;
using CabinMood.Core.Conductor.Publications;
using CabinMood.Core.Songs.Learning;
using CabinMood.Messaging;
using CabinMood.Service.Tests.Support;
using CabinMood.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace CabinMood.Service.Tests.EndToEnd;

/// <summary>The running service on a disk of a few megabytes that is really full.</summary>
public sealed class FullDiskTests : IAsyncLifetime, IDisposable
{
    // The canary is part of what the driver tells, and must be gone from every file when it is to be forgotten.
    private const string Canary = "Canary of the driver";

    private const string Recording = """
        "Diagnostics": { "EventLog": "events.jsonl" }
        """;

    private readonly TemporaryFolder _folder = new();
    private SmallDisk? _disk;
    private PrivateBroker? _broker;
    private Bystander? _bystander;
    private CabinmoodProcess? _service;

    private SmallDisk Disk => _disk!;

    private Bystander Bystander => _bystander!;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        _service?.Dispose();
        if (_bystander is not null)
        {
            await _bystander.DisposeAsync();
        }

        _broker?.Dispose();
    }

    public void Dispose()
    {
        _disk?.Dispose();
        _folder.Dispose();
    }

    [NeedsMountFact]
    public async Task A_full_disk_is_told_in_one_sentence_and_forgotten_once_there_is_room_again()
    {
        await StartAsync();
        Assert.Equal("ok", await TasteAsync("before"));

        Disk.Fill();
        Assert.Equal("error: the disk is full", await TasteAsync("full"));
        await Bystander.JsonAsync("health", health => health.GetProperty("state").GetString() == "degraded"
            && Reasons(health).Contains("storage: the disk is full")
            && Reasons(health).Any(reason => reason.StartsWith("disk: ", StringComparison.Ordinal)));

        Disk.Empty();
        Assert.Equal("ok", await TasteAsync("after"));
        Bystander.Forget();
        await Bystander.JsonAsync("health", health => !Reasons(health).Any(reason => reason.StartsWith("storage: ", StringComparison.Ordinal) || reason.StartsWith("disk: ", StringComparison.Ordinal)));
    }

    [NeedsMountFact]
    public async Task The_driver_is_forgotten_on_a_full_disk_too()
    {
        await StartAsync(Recording);
        Assert.Equal("ok", await TasteAsync("before"));
        Assert.NotEmpty(FilesThatHoldTheCanary());

        Disk.Fill();
        Bystander.Command("erase", """{"id":"forget"}""");

        Assert.Equal("ok", await AnswerAsync("forget"));
        Assert.Empty(FilesThatHoldTheCanary());
        Assert.Empty(EventLogs());
        // That something was asked is still known, so that it does not come back; what it was is not.
        Assert.NotEmpty(FilesThatHold(CommandDigest.OfId("before")));
        Assert.Empty(FilesThatHold(CommandDigest.Of(Taste("before"))));
    }

    // More than the room that is kept would hold at once.
    [NeedsMountFact]
    public void So_is_a_driver_of_many_years()
    {
        _disk = SmallDisk.TryMount(_folder.File("state"), megabytes: 24);
        using var store = DriverStore.Open(Disk.Path, NullLogger<DriverStore>.Instance);
        for (var i = 0; i < 5000; i++)
        {
            store.SaveFeedback(
                new FeedbackRow($"{i * 7919 % 5000}-{Canary}", DateTimeOffset.UnixEpoch, CommandSource.Wheel, FeedbackKind.Like, new string('c', 120), new string('s', 120)),
                DriverMemory.None,
                new RememberedCommand(CommandDigest.OfId($"{i}"), CommandDigest.Of(Feedback(i)), ReplyStatus.Ok));
        }

        Assert.InRange(new FileInfo(Path.Combine(Disk.Path, DriverStore.FileName)).Length, 1_200_000, 10_000_000);
        Assert.All([4000, 4999], i => Assert.NotEmpty(FilesThatHold(CommandDigest.Of(Feedback(i)))));
        Disk.Fill();

        store.Erase();

        Assert.Empty(store.LoadFeedback());
        Assert.Empty(FilesThatHoldTheCanary());
        var lastThousand = Enumerable.Range(4000, CommandLedger.Capacity).ToList();
        Assert.Equal(lastThousand.Select(i => new RememberedCommand(CommandDigest.OfId($"{i}"), null, ReplyStatus.Ok)), store.LoadCommands());
        var left = string.Concat(Files().Select(File.ReadAllText));
        Assert.DoesNotContain(lastThousand, i => left.Contains(CommandDigest.Of(Feedback(i)), StringComparison.Ordinal));

        static GiveFeedback Feedback(int i) => new($"{i}", CommandSource.Wheel, FeedbackKind.Like, "c");
    }

    [NeedsMountFact]
    public async Task What_a_full_disk_keeps_is_said_and_goes_by_itself_once_there_is_room()
    {
        await StartAsync(Recording);
        Assert.Equal("ok", await TasteAsync("before"));

        FillToTheBrim();
        Bystander.Command("erase", """{"id":"forget"}""");
        var answer = await AnswerAsync("forget");

        Assert.Equal("error: not erased yet: feedback, style, taste and what was learned (the disk is full); it is tried again until it is done", answer);
        Assert.Empty(EventLogs());
        await Bystander.JsonAsync("health", health => Reasons(health).Contains("storage: not erased yet: feedback, style, taste and what was learned (the disk is full)"));
        Assert.StartsWith("error: not erased yet: ", await TasteAsync("meanwhile", ""), StringComparison.Ordinal);
        Assert.NotEmpty(FilesThatHold(CommandDigest.Of(Taste("before"))));

        Disk.Empty();
        Bystander.Forget();
        await Bystander.JsonAsync("health", health => !Reasons(health).Any(reason => reason.StartsWith("storage: ", StringComparison.Ordinal)));
        Assert.Empty(FilesThatHoldTheCanary());
        Assert.Empty(FilesThatHold(CommandDigest.Of(Taste("before"))));
        Assert.Equal("ok", await TasteAsync("after"));
    }

    [NeedsMountFact]
    public async Task What_one_run_could_not_erase_the_next_one_does()
    {
        await StartAsync();
        Assert.Equal("ok", await TasteAsync("before"));
        FillToTheBrim();
        Bystander.Command("erase", """{"id":"forget"}""");
        Assert.StartsWith("error: not erased yet: ", await AnswerAsync("forget"), StringComparison.Ordinal);
        _service!.Process.Kill();
        await _service.Process.WaitForExitAsync();
        Assert.NotEmpty(FilesThatHoldTheCanary());

        Disk.Empty();
        Bystander.Forget();
        Start();
        await Bystander.TextAsync("availability", "online");

        Assert.Empty(FilesThatHoldTheCanary());
    }

    [NeedsMountFact]
    public async Task An_event_log_that_the_disk_has_ended_is_told_as_ended_and_a_stop_stays_in_order()
    {
        await StartAsync(Recording);
        await Bystander.JsonAsync("privacy", privacy => privacy.GetProperty("eventLog").GetBoolean());

        // One small piece after another: the room that the file has been given already is used up first.
        Disk.Fill();
        var ended = Bystander.JsonAsync("privacy", privacy => !privacy.GetProperty("eventLog").GetBoolean());
        for (var i = 0; !ended.IsCompleted; i++)
        {
            Bystander.Command("style", $$"""{"id":"style-{{i}}","style":"calm"}""");
            await AnswerAsync($"style-{i}");
        }

        await ended;
        Disk.Empty();

        await TerminateAsync();
        await Bystander.TextAsync("availability", "offline");
    }

    [NeedsMountFact]
    public async Task A_service_starts_on_a_full_disk()
    {
        await StartAsync();
        Assert.Equal("ok", await TasteAsync("before"));
        await TerminateAsync();

        Disk.Fill();
        Bystander.Forget();
        Start();

        await Bystander.TextAsync("availability", "online");
        await Bystander.JsonAsync("health", health => Reasons(health).Any(reason => reason.StartsWith("disk: ", StringComparison.Ordinal)));
    }

    private async Task StartAsync(string sections = "")
    {
        _disk = SmallDisk.TryMount(_folder.File("state"), megabytes: 24);
        _broker = await PrivateBroker.StartAsync();
        _bystander = await Bystander.JoinAsync(_broker.Port);
        _folder.Write("config.json", $$"""
            { "Mqtt": { "Host": "127.0.0.1", "Port": {{_broker.Port}} }{{(sections.Length > 0 ? $", {sections}" : "")}} }
            """);
        Start();
        await Bystander.TextAsync("availability", "online");
    }

    private void Start()
    {
        _service?.Dispose();
        _service = CabinmoodProcess.Start(Disk.Path, "run", "--config", _folder.File("config.json"));
    }

    private async Task TerminateAsync()
    {
        using var kill = System.Diagnostics.Process.Start("kill", ["-TERM", $"{_service!.Process.Id}"]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, await _service.ExitAsync());
    }

    // The reserve that the service keeps for this is somebody else's now, and so is the room of the event log.
    private void FillToTheBrim()
    {
        File.Delete(Path.Combine(Disk.Path, "reserved-room"));
        Disk.Fill();
    }

    private async Task<string> TasteAsync(string id, string canary = Canary)
    {
        var artists = string.Join(',', Taste(id, canary).Artists.Select(artist => $"\"{artist}\""));
        Bystander.Command("taste", $$"""{"id":"{{id}}","artists":[{{artists}}],"languages":[],"excludeArtists":[]}""");
        return await AnswerAsync(id);
    }

    // As large as a command may be, so that it needs room that nobody has set aside.
    private static SetTaste Taste(string id, string canary = Canary) =>
        new(id, [.. Enumerable.Range(0, 75).Select(i => $"{canary}{id}{i}{new string('x', 160)}")], [], []);

    private async Task<string> AnswerAsync(string id)
    {
        var reply = await Bystander.ReplyAsync(id);
        return $"{reply.GetProperty("status").GetString()}{(reply.GetProperty("error").GetString() is { } error ? $": {error}" : "")}";
    }

    private string[] EventLogs() => Directory.GetFiles(Disk.Path, "*.jsonl*");

    private string[] FilesThatHoldTheCanary() => FilesThatHold(Canary);

    private string[] FilesThatHold(string text) => [.. Files().Where(file => File.ReadAllText(file).Contains(text, StringComparison.Ordinal))];

    private IEnumerable<string> Files() => Directory.GetFiles(Disk.Path).Where(file => Path.GetFileName(file) is not ("filler" or "service.lock"));

    private static IEnumerable<string> Reasons(JsonElement health) =>
        health.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetString()!);
}
