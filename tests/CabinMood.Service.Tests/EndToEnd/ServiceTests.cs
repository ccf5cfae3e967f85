using System.Text.Json;
using CabinMood.Service.Tests.Support;

namespace CabinMood.Service.Tests.EndToEnd;

/// <summary>The whole program against a real broker, with real nets, on real video.</summary>
public sealed class ServiceTests
{
    [Fact]
    public async Task It_starts_with_consent_withheld_the_camera_closed_and_every_topic_told()
    {
        await using var service = await RunningService.StartAsync();

        var privacy = await service.Bystander.JsonAsync("privacy", _ => true);
        var limiter = await service.Bystander.JsonAsync("limiter", _ => true);
        var song = await service.SongAsync();
        var mood = await service.Bystander.JsonAsync("mood", _ => true);
        var health = await service.Bystander.JsonAsync("health", _ => true);

        Assert.Equal("withheld", privacy.GetProperty("consent").GetString());
        Assert.Equal("off", privacy.GetProperty("camera").GetString());
        Assert.Equal(("holding", "consent"), (limiter.GetProperty("state").GetString(), limiter.GetProperty("reason").GetString()));
        Assert.Equal("neutral", song.GetProperty("why").GetProperty("mood").GetString());
        Assert.Equal("unknown", mood.GetProperty("mood").GetString());
        Assert.Equal(0, health.GetProperty("fps").GetDouble());
        Assert.All(["availability", "privacy", "limiter", "song", "health"], topic => Assert.All(service.Bystander.On(topic), message => Assert.True(message.Retained, topic)));
        Assert.All(service.Bystander.On("mood"), message => Assert.False(message.Retained));
    }

    [Fact]
    public async Task Consent_for_this_trip_opens_the_camera_and_a_mood_arrives()
    {
        await using var service = await RunningService.StartAsync();

        await service.ConsentAsync();

        var mood = await service.Bystander.JsonAsync("mood", json => json.GetProperty("mood").GetString() != "unknown");
        Assert.InRange(mood.GetProperty("confidence").GetDouble(), 0.15, 1);
        Assert.False(mood.TryGetProperty("emotions", out _));
    }

    [Fact]
    public async Task Consent_for_another_trip_is_expired_and_the_camera_stays_closed()
    {
        await using var service = await RunningService.StartAsync();

        service.Bystander.Command("consent", """{"id":"late","granted":true,"trip":"yesterday"}""");

        Assert.Equal("expired", (await service.Bystander.ReplyAsync("late")).GetProperty("error").GetString());
        Assert.All(service.Bystander.On("privacy").Select(Bystander.Json), privacy => Assert.Equal("off", privacy.GetProperty("camera").GetString()));
    }

    [Theory]
    [InlineData("camera", """{"id":"no","on":false}""", "granted")]
    [InlineData("consent", """{"id":"no","granted":false}""", "withdrawn")]
    public async Task Saying_no_closes_the_camera_and_clears_the_mood(string command, string payload, string consent)
    {
        await using var service = await RunningService.StartAsync();
        await service.ConsentAsync();
        await service.Bystander.JsonAsync("mood", json => json.GetProperty("mood").GetString() != "unknown");
        service.Bystander.Forget();

        service.Bystander.Command(command, payload);

        var closed = await service.Bystander.JsonAsync("privacy", json => json.GetProperty("camera").GetString() == "off");
        Assert.Equal(consent, closed.GetProperty("consent").GetString());
        Assert.Equal("ok", (await service.Bystander.ReplyAsync("no")).GetProperty("status").GetString());
        await service.Bystander.JsonAsync("mood", json => json.GetProperty("mood").GetString() == "unknown" && json.GetProperty("face").GetString() == "absent");
    }

    [Fact]
    public async Task An_override_changes_the_song_at_once_and_a_newer_one_supersedes_it()
    {
        await using var service = await RunningService.StartAsync();
        var trip = await service.TripAsync();
        await service.SongAsync();
        service.Bystander.Forget();

        service.Bystander.Command("override", $$"""{"id":"first","source":"voice","trip":"{{trip}}","mood":"calm","for":"trip"}""");
        var calm = await service.Bystander.JsonAsync("song", json => json.GetProperty("why").GetProperty("mood").GetString() == "calm");
        Assert.Equal("ok", (await service.Bystander.ReplyAsync("first")).GetProperty("status").GetString());
        await service.Bystander.JsonAsync("limiter", json => json.GetProperty("reason").GetString() == "override-active");

        service.Bystander.Command("override", $$"""{"id":"second","source":"wheel","trip":"{{trip}}","mood":"happy","for":"PT10M"}""");
        await service.Bystander.JsonAsync("song", json => json.GetProperty("why").GetProperty("mood").GetString() == "happy");
        await service.Bystander.JsonAsync("reply", json => json.GetProperty("id").GetString() == "first" && json.GetProperty("status").GetString() == "superseded");
        Assert.Equal("You asked for something calm.", calm.GetProperty("why").GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_skip_brings_the_next_song_for_the_same_target_and_is_acknowledged()
    {
        await using var service = await RunningService.StartAsync();
        var choice = (await service.SongAsync()).GetProperty("choiceId").GetString();
        service.Bystander.Forget();

        service.Bystander.Command("feedback", $$"""{"id":"skip","source":"wheel","kind":"skip","choiceId":"{{choice}}"}""");

        var next = await service.Bystander.JsonAsync("song", json => json.GetProperty("choiceId").GetString() != choice);
        Assert.Equal("neutral", next.GetProperty("why").GetProperty("mood").GetString());
        Assert.Equal("ok", (await service.Bystander.ReplyAsync("skip")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_command_that_comes_twice_acts_once()
    {
        await using var service = await RunningService.StartAsync();
        await service.SongAsync();
        // Each press of this button brings another song, unlike a skip, which is about one song.
        var next = $$"""{"id":"twice","source":"wheel","trip":"{{await service.TripAsync()}}","action":"next"}""";
        service.Bystander.Forget();

        service.Bystander.Command("override", next);
        service.Bystander.Command("override", next);

        await service.Bystander.UntilAsync(() => service.Bystander.On("reply").Count == 2);
        Assert.Single(service.Bystander.On("song"));
        Assert.All(service.Bystander.On("reply").Select(Bystander.Json), reply => Assert.Equal("ok", reply.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task Rubbish_changes_nothing_and_the_next_command_is_obeyed()
    {
        await using var service = await RunningService.StartAsync();
        await service.SongAsync();
        service.Bystander.Forget();

        service.Bystander.Command("override", "not json at all");
        service.Bystander.Command("override", """{"id":"no-mood","source":"voice"}""");
        service.Bystander.Command("nonsense", """{"id":"unknown"}""");
        service.Bystander.Command("style", """{"id":"kept","style":"calm"}""", retain: true);
        service.Bystander.Command("style", $$"""{"id":"huge","style":"calm","more":"{{new string('x', 20_000)}}"}""");
        service.Bystander.Say("cabinmood/car/player", "[1,2,3]");
        service.Bystander.Say("vss/Vehicle/Speed", "\"fast\"");
        service.Bystander.Command("style", """{"id":"good","style":"calm"}""");

        Assert.Equal("ok", (await service.Bystander.ReplyAsync("good")).GetProperty("status").GetString());
        foreach (var id in new[] { "no-mood", "unknown", "kept", "huge" })
        {
            Assert.Equal("error", (await service.Bystander.ReplyAsync(id)).GetProperty("status").GetString());
        }

        Assert.Empty(service.Bystander.On("song"));
        Assert.False(service.Process.Process.HasExited);
    }

    [Fact]
    public async Task A_flood_of_commands_does_not_keep_the_camera_from_closing()
    {
        await using var service = await RunningService.StartAsync();
        await service.ConsentAsync();
        service.Bystander.Forget();
        for (var i = 0; i < 20_000; i++)
        {
            service.Bystander.Command("style", $$"""{"id":"flood-{{i}}","style":"calm"}""");
        }

        service.Bystander.Command("camera", """{"id":"off","on":false}""");

        await service.Bystander.JsonAsync("privacy", json => json.GetProperty("camera").GetString() == "off");
        Assert.InRange(service.Process.Output.Length, 1, 20_000);
    }

    [Fact]
    public async Task After_the_broker_crashed_every_retained_topic_is_back()
    {
        await using var service = await RunningService.StartAsync();
        await service.SongAsync();

        await service.CrashBrokerAsync();

        foreach (var topic in new[] { "availability", "privacy", "limiter", "song", "health" })
        {
            await service.Bystander.UntilAsync(() => service.Bystander.On(topic).Any(message => message.Retained));
        }
    }

    [Fact]
    public async Task When_the_service_is_killed_the_broker_says_offline()
    {
        await using var service = await RunningService.StartAsync();

        service.Kill();

        await service.Bystander.TextAsync("availability", "offline");
    }

    [Fact]
    public async Task Commands_that_are_sent_while_it_is_dead_are_each_answered_once_it_lives_again()
    {
        await using var service = await RunningService.StartAsync();
        service.Kill();
        await service.Bystander.TextAsync("availability", "offline");
        string[] ids = [.. Enumerable.Range(0, 10).Select(i => $"meanwhile-{i}")];
        foreach (var id in ids)
        {
            service.Bystander.Command("style", $$"""{"id":"{{id}}","style":"calm"}""");
        }

        service.Restart();

        await service.Bystander.ReplyAsync(ids[^1]);
        Assert.Equal(ids, service.Bystander.On("reply").Select(reply => Bystander.Json(reply).GetProperty("id").GetString()));
        Assert.All(service.Bystander.On("reply").Select(Bystander.Json), reply => Assert.Equal("ok", reply.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task A_command_that_expired_while_it_was_dead_is_not_carried_out_and_one_that_did_not_is()
    {
        await using var service = await RunningService.StartAsync(RunningService.WithoutNets);
        var trip = await service.TripAsync();
        service.Kill();
        await service.Bystander.TextAsync("availability", "offline");
        service.Bystander.CommandUntil(TimeSpan.FromSeconds(1), "override", $$"""{"id":"late","source":"voice","trip":"{{trip}}","mood":"sad","for":"trip"}""");
        service.Bystander.CommandUntil(TimeSpan.FromHours(1), "override", $$"""{"id":"in-time","source":"voice","trip":"{{trip}}","mood":"happy","for":"trip"}""");
        await service.Bystander.UntilExpiredAsync(service.Broker.Port, TimeSpan.FromSeconds(2));
        service.Bystander.Forget();

        service.Restart();

        Assert.Equal("ok", (await service.Bystander.ReplyAsync("in-time")).GetProperty("status").GetString());
        await service.Bystander.JsonAsync("song", song => song.GetProperty("why").GetProperty("mood").GetString() == "happy");
        // It was sent first: had it been kept, it would have been answered first, and again when it was superseded.
        Assert.Single(service.Bystander.On("reply"));
        Assert.DoesNotContain(service.Bystander.On("song"), song => Bystander.Json(song).GetProperty("why").GetProperty("mood").GetString() == "sad");
    }

    [Fact]
    public async Task A_restart_within_the_trip_keeps_consent_and_override()
    {
        await using var service = await RunningService.StartAsync();
        await service.ConsentAsync();
        var trip = await service.TripAsync();
        service.Bystander.Command("override", $$"""{"id":"wish","source":"voice","trip":"{{trip}}","mood":"sad","for":"trip"}""");
        await service.Bystander.ReplyAsync("wish");
        service.Kill();
        await service.Bystander.TextAsync("availability", "offline");
        service.Bystander.Forget();

        service.Restart();

        var privacy = await service.Bystander.JsonAsync("privacy", json => json.GetProperty("camera").GetString() == "on");
        Assert.Equal((trip, "granted"), (privacy.GetProperty("trip").GetString(), privacy.GetProperty("consent").GetString()));
        Assert.Equal("sad", (await service.SongAsync()).GetProperty("why").GetProperty("mood").GetString());
    }

    [Fact]
    public async Task SIGTERM_closes_the_camera_says_offline_and_exits_with_0()
    {
        await using var service = await RunningService.StartAsync();
        await service.ConsentAsync();

        await service.TerminateAsync();

        await service.Bystander.TextAsync("availability", "offline");
        Assert.Equal("off", Bystander.Json(service.Bystander.On("privacy")[^1]).GetProperty("camera").GetString());
        Assert.Empty(service.Process.Error);
    }

    [Fact]
    public async Task The_demo_shows_every_topic_as_received_from_the_broker()
    {
        using var folder = new TemporaryFolder();

        var (exitCode, output, _) = await CabinmoodProcess.RunAsync(folder.Path, "demo", "--seconds", "12", "--json");

        Assert.Equal(0, exitCode);
        var lines = output.TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.All(lines, line => Assert.Equal(["topic", "payload", "retain"], line.EnumerateObject().Select(member => member.Name)));
        var topics = lines.Select(line => line.GetProperty("topic").GetString()).ToHashSet();
        Assert.All(["availability", "mood", "song", "limiter", "privacy", "health"], topic => Assert.Contains($"cabinmood/car/{topic}", topics));
        Assert.Contains(lines, line => line.GetProperty("topic").GetString() == "cabinmood/car/mood" && line.GetProperty("payload").GetProperty("face").GetString() == "present");
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task A_service_that_ends_waits_for_a_slow_camera_to_close()
    {
        // Its driver returns from a call only every seven seconds.
        await using var service = await RunningService.StartAsync(camera: "videotestsrc is-live=true ! identity sleep-time=7000000");
        var trip = await service.TripAsync();
        service.Bystander.Command("consent", $$"""{"id":"grant","granted":true,"trip":"{{trip}}"}""");
        await service.Bystander.JsonAsync("privacy", privacy => privacy.GetProperty("camera").GetString() == "on");
        service.Bystander.Forget();

        await service.TerminateAsync();

        await service.Bystander.JsonAsync("privacy", privacy => privacy.GetProperty("camera").GetString() == "off");
        await service.Bystander.TextAsync("availability", "offline");
    }
}
