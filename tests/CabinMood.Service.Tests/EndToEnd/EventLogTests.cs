using System.Text.Json;
using CabinMood.Service.Tests.Support;

namespace CabinMood.Service.Tests.EndToEnd;

/// <summary>The real service records itself, and <c>cabinmood simulate</c> plays the recording.</summary>
public sealed class EventLogTests
{
    private const string Recording = """
        "Diagnostics": { "EventLog": "events.jsonl" }
        """;

    [Fact]
    public async Task A_live_log_gives_the_same_decisions_byte_for_byte_and_the_songs_that_were_published()
    {
        await using var service = await RunningService.StartAsync(Recording);
        await DriveAsync(service);
        await service.TerminateAsync();
        var published = service.Bystander.On("song").Select(message => Bystander.Json(message).GetProperty("choiceId").GetString()).Distinct().ToArray();

        var (exitCode, output, error) = await CabinmoodProcess.RunAsync(service.StateFolder, "simulate", "events.jsonl", "--json");

        Assert.True(exitCode == 0, error);
        var lines = output.TrimEnd('\n').Split('\n');
        var recorded = File.ReadAllLines(Path.Combine(service.StateFolder, "events.jsonl"))
            .Where(line => line.Contains("\"decision\":", StringComparison.Ordinal)).ToArray();
        Assert.InRange(recorded.Length, 20, 1000);
        Assert.Equal(recorded, lines[..^1]);
        var totals = JsonDocument.Parse(lines[^1]).RootElement.GetProperty("totals");
        Assert.True(totals.GetProperty("asRecorded").GetBoolean());
        var chosen = lines[..^1].Select(line => JsonDocument.Parse(line).RootElement)
            .Where(decision => decision.GetProperty("decision").GetString() == "song")
            .Select(decision => decision.GetProperty("id").GetString());
        Assert.Superset(published.ToHashSet(), chosen.ToHashSet());
        Assert.InRange(published.Length, 3, 100);
    }

    [Fact]
    public async Task A_log_that_was_tampered_with_does_not_pass()
    {
        await using var service = await RunningService.StartAsync(Recording);
        await DriveAsync(service);
        await service.TerminateAsync();
        var log = Path.Combine(service.StateFolder, "events.jsonl");
        File.WriteAllText(log, File.ReadAllText(log).Replace("\"mood\":\"calm\",\"for\":\"trip\"", "\"mood\":\"sad\",\"for\":\"trip\"", StringComparison.Ordinal));

        var (exitCode, _, error) = await CabinmoodProcess.RunAsync(service.StateFolder, "simulate", "events.jsonl", "--json");

        Assert.Equal(1, exitCode);
        Assert.Contains("not the recorded decisions; line", error, StringComparison.Ordinal);
        Assert.Contains("\"mood\":\"calm\"", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_cabin_is_told_of_the_log_and_erasing_ends_and_deletes_it()
    {
        await using var service = await RunningService.StartAsync(Recording);
        var told = await service.Bystander.JsonAsync("privacy", json => json.GetProperty("eventLog").GetBoolean());
        Assert.Contains("being recorded", told.GetProperty("notice").GetString(), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(service.StateFolder, "events.jsonl")));

        service.Bystander.Command("erase", """{"id":"forget"}""");

        Assert.Equal("ok", (await service.Bystander.ReplyAsync("forget")).GetProperty("status").GetString());
        var after = await service.Bystander.JsonAsync("privacy", json => !json.GetProperty("eventLog").GetBoolean());
        Assert.DoesNotContain("being recorded", after.GetProperty("notice").GetString(), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(service.StateFolder, "events.jsonl")));
    }

    [Fact]
    public async Task Nothing_is_recorded_unless_the_configuration_says_so_and_erasing_finds_the_logs_of_an_older_one()
    {
        await using var service = await RunningService.StartAsync();
        var privacy = await service.Bystander.JsonAsync("privacy", _ => true);
        Assert.False(privacy.GetProperty("eventLog").GetBoolean());
        Assert.Empty(Directory.GetFiles(service.StateFolder, "*.jsonl"));
        File.WriteAllText(Path.Combine(service.StateFolder, "older.jsonl"), "{}");

        service.Bystander.Command("erase", """{"id":"forget"}""");
        await service.Bystander.ReplyAsync("forget");

        Assert.Empty(Directory.GetFiles(service.StateFolder, "*.jsonl"));
    }

    // Everything that can reach the conductor over the broker, with a face to look at.
    private static async Task DriveAsync(RunningService service)
    {
        var trip = await service.TripAsync();
        service.Bystander.Say("vss/availability", "online");
        service.Bystander.Say("cabin/availability", "online");
        service.Bystander.Say("vss/Vehicle/Speed", """{"value":50.25,"ts":"2026-11-21T12:00:00.1234567Z"}""");
        service.Bystander.Say("vss/Vehicle/Speed", "\"fast\"");
        service.Bystander.Say("cabin/call", """{"active":true}""");
        await service.ConsentAsync();
        await service.Bystander.JsonAsync("mood", mood => mood.GetProperty("mood").GetString() != "unknown");
        service.Bystander.Command("taste", """{"id":"taste","artists":["Las Muestras"],"languages":["es"],"excludeArtists":[]}""");
        await service.Bystander.ReplyAsync("taste");
        service.Bystander.Command("override", $$"""{"id":"wish","source":"voice","trip":"{{trip}}","mood":"calm","for":"trip"}""");
        await service.Bystander.ReplyAsync("wish");
        service.Bystander.Command("override", $$"""{"id":"newer","source":"wheel","trip":"{{trip}}","mood":"happy","for":"PT10M"}""");
        await service.Bystander.ReplyAsync("newer");
        var choice = service.Bystander.On("song").Select(Bystander.Json).Last().GetProperty("choiceId").GetString();
        service.Bystander.Say("cabinmood/car/player", $$"""{"source":"cabinmood","choiceId":"{{choice}}","state":"playing","positionMs":1500,"remainingMs":60000}""");
        service.Bystander.Command("feedback", $$"""{"id":"skip","source":"wheel","kind":"skip","choiceId":"{{choice}}"}""");
        await service.Bystander.ReplyAsync("skip");
        service.Bystander.Command("camera", """{"id":"off","on":false}""");
        await service.Bystander.JsonAsync("privacy", json => json.GetProperty("camera").GetString() == "off" && json.GetProperty("consent").GetString() == "granted");
    }
}
