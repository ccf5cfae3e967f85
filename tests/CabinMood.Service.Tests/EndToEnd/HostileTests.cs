using System.Text;
using System.Text.Json;
using CabinMood.Core.Safety;
using Xunit.Abstractions;

namespace CabinMood.Service.Tests.EndToEnd;

/// <summary>The whole program against people and machines that say the wrong things in the wrong order.</summary>
public sealed class HostileTests(ITestOutputHelper output)
{
    // The contract says 200 ms; this machine may be busy with something else.
    private static readonly TimeSpan GenerousClosing = TimeSpan.FromSeconds(2);

    private static readonly byte[][] Garbage =
    [
        [], [0], [0xFF, 0xFE, 0x80], "null"u8.ToArray(), "[]"u8.ToArray(), "\"\""u8.ToArray(), "{"u8.ToArray(), "NaN"u8.ToArray(), "-Infinity"u8.ToArray(),
        "{\"id\":{},\"granted\":\"yes\",\"on\":1,\"trip\":[]}"u8.ToArray(), "{\"value\":{\"value\":1}}"u8.ToArray(), "{\"value\":\"1e999\"}"u8.ToArray(),
        "{\"value\":1,\"ts\":\"yesterday\"}"u8.ToArray(), Encoding.UTF8.GetBytes(new string('[', 5000)), Encoding.UTF8.GetBytes(new string('9', 300_000)),
    ];

    private static readonly string[] Commands = ["consent", "camera", "override", "feedback", "style", "taste", "erase", "nonsense"];

    [Theory]
    [InlineData("camera", """{"id":"no","on":false}""")]
    [InlineData("consent", """{"id":"no","granted":false}""")]
    public async Task While_a_thousand_commands_a_second_arrive_a_no_still_closes_the_camera_at_once(string command, string payload)
    {
        await using var service = await RunningService.StartAsync();
        await service.ConsentAsync();
        await using var watch = await Bystander.JoinAsync(service.Broker.Port, "watch", "cabinmood/car/privacy");
        await using var attacker = await Bystander.JoinAsync(service.Broker.Port, "attacker", "nothing");
        await watch.JsonAsync("privacy", privacy => privacy.GetProperty("camera").GetString() == "on");
        watch.Forget();
        using var end = new CancellationTokenSource();
        var flood = FloodAsync(attacker, end.Token);
        // The flood is under way once its commands are refused.
        await service.Bystander.JsonAsync("reply", reply => reply.GetProperty("status").GetString() == "error");

        var asked = TimeProvider.System.GetTimestamp();
        watch.Command(command, payload);
        await watch.JsonAsync("privacy", privacy => privacy.GetProperty("camera").GetString() == "off");
        var took = TimeProvider.System.GetElapsedTime(asked);

        await end.CancelAsync();
        var sent = await flood;
        output.WriteLine($"{command}: closed and told after {took.TotalMilliseconds:F0} ms, {sent} commands sent meanwhile");
        Assert.InRange(took, TimeSpan.Zero, GenerousClosing);
        Assert.Equal("ok", (await service.Bystander.ReplyAsync("no")).GetProperty("status").GetString());
        // Every one of them is answered, whatever it was answered.
        await service.Bystander.UntilAsync(() => service.Bystander.On("reply").Count >= sent + 2);
    }

    [Fact]
    public async Task Commands_that_are_too_many_at_once_are_counted_and_logged()
    {
        await using var service = await RunningService.StartAsync(RunningService.WithoutNets);
        for (var i = 0; i < 100; i++)
        {
            service.Bystander.Command("style", $$"""{"id":"many-{{i}}","style":"calm"}""");
        }

        var health = await service.Bystander.JsonAsync("health", json => json.GetProperty("refused").GetProperty("commands").GetInt64() > 0);
        Assert.InRange(health.GetProperty("refused").GetProperty("commands").GetInt64(), 1, 100);
        Assert.Contains("too many commands at once", service.Process.Output + service.Process.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_retained_before_it_came_opens_nothing_changes_nothing_and_is_refused()
    {
        var retained = new Dictionary<string, string>
        {
            ["consent"] = """{"id":"r1","granted":true,"trip":"0123456789abcdef"}""",
            ["camera"] = """{"id":"r2","on":true,"trip":"0123456789abcdef"}""",
            ["override"] = """{"id":"r3","source":"voice","trip":"0123456789abcdef","mood":"sad","for":"trip"}""",
            ["style"] = """{"id":"r4","style":"calm"}""",
            ["erase"] = """{"id":"r5"}""",
        };
        await using var service = await RunningService.StartAsync(before: bystander =>
        {
            foreach (var (command, payload) in retained)
            {
                bystander.Command(command, payload, retain: true);
            }

            bystander.Say("cabinmood/car/player", """{"source":"other","state":"playing"}""", retain: true);
            bystander.Say("vss/Vehicle/LowVoltageSystemState", "ON", retain: true);
            bystander.Say("vss/Vehicle/Speed", "0", retain: true);
            bystander.Say("vss/Vehicle/Powertrain/Transmission/SelectedGear", "126", retain: true);
            bystander.Say("vss/availability", "online", retain: true);
        });

        foreach (var id in new[] { "r1", "r2", "r3", "r4", "r5" })
        {
            Assert.Equal("error", (await service.Bystander.ReplyAsync(id)).GetProperty("status").GetString());
        }

        var health = await service.Bystander.JsonAsync("health", json => json.GetProperty("refused").GetProperty("commands").GetInt64() >= 5);
        // What the broker had kept of speed and gear is known and not believed.
        Assert.Contains("speed", health.GetProperty("staleSignals").EnumerateArray().Select(signal => signal.GetString()));
        Assert.Contains("gear", health.GetProperty("staleSignals").EnumerateArray().Select(signal => signal.GetString()));
        await AssertUnharmedAsync(service);
    }

    [Fact]
    public async Task Garbage_on_every_topic_is_answered_or_counted_and_harms_nothing()
    {
        await using var service = await RunningService.StartAsync();
        await service.SongAsync();
        foreach (var payload in Garbage)
        {
            foreach (var command in Commands)
            {
                service.Bystander.Say($"cabinmood/car/set/{command}", payload);
            }

            service.Bystander.Say("cabinmood/car/player", payload);
            service.Bystander.Say("vss/availability", payload);
            service.Bystander.Say("cabin/availability", payload);
            foreach (var signal in Enum.GetValues<VehicleSignal>())
            {
                service.Bystander.Say(new VehicleOptions()[signal].Topic, payload);
            }
        }

        foreach (var value in new[] { "900", "-5", "NaN", "Infinity", "1e300", "\"fast\"", "{\"value\":null}", "{}" })
        {
            service.Bystander.Say("vss/Vehicle/Speed", value);
        }

        var health = await service.Bystander.JsonAsync("health", json => json.GetProperty("refused").GetProperty("signals").TryGetProperty("speed", out var speed) && speed.GetInt64() >= Garbage.Length + 8 - 2);
        var refused = health.GetProperty("refused");
        Assert.Equal(Garbage.Length * Commands.Length, refused.GetProperty("commands").GetInt64());
        Assert.Equal(Garbage.Length, refused.GetProperty("player").GetInt64());
        foreach (var signal in new[] { "gear", "fatigue", "call", "navigation", "esc", "abs", "dms-warning", "ignition" })
        {
            Assert.InRange(refused.GetProperty("signals").GetProperty(signal).GetInt64(), Garbage.Length - 3, Garbage.Length);
        }

        await AssertUnharmedAsync(service);
    }

    [Fact]
    public async Task A_command_cannot_have_its_answer_said_where_others_believe_it()
    {
        await using var service = await RunningService.StartAsync("\"Commands\": { \"PerSecond\": 1000 }, " + RunningService.WithoutNets);
        string[] forbidden =
        [
            "cabinmood/car/song", "cabinmood/car/privacy", "cabinmood/car/set/erase", "cabinmood/bus/set/erase", "cabinmood", "vss/Vehicle/Speed", "vss/availability", "cabin/call",
            "cabin/other", "$SYS/broker/uptime", "answers/+", "#", new string('x', 257),
        ];
        foreach (var (topic, i) in forbidden.Select((topic, i) => (topic, i)))
        {
            service.Bystander.Ask("style", $$"""{"id":"ask{{i}}","style":"calm"}""", topic);
            Assert.Equal("ok", (await service.Bystander.ReplyAsync($"ask{i}")).GetProperty("status").GetString());
        }

        service.Bystander.Ask("style", """{"id":"polite","style":"lift"}""", "head-unit/answers");
        await service.Bystander.UntilAsync(() => service.Bystander.All.Any(message => message.Topic == "head-unit/answers"));
        await service.Bystander.JsonAsync("health", health => health.GetProperty("refused").GetProperty("responseTopics").GetInt64() == forbidden.Length);

        // Answers keep their order: by now a forbidden one would have come too.
        var answers = service.Bystander.All.Where(message => Encoding.UTF8.GetString(message.Payload.Span).StartsWith("""{"id":"ask""", StringComparison.Ordinal));
        Assert.All(answers.Where(message => !message.Topic.StartsWith("cabinmood/car/set/style", StringComparison.Ordinal)), message => Assert.Equal("cabinmood/car/reply", message.Topic));
        Assert.Contains("answered on the reply topic only", service.Process.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commands_in_every_wrong_order_are_each_answered_and_open_nothing()
    {
        await using var service = await RunningService.StartAsync();
        var trip = await service.TripAsync();
        var choice = (await service.SongAsync()).GetProperty("choiceId").GetString();
        string[][] wrong =
        [
            ["override", """{"id":"w1","source":"voice","trip":"yesterday","mood":"sad","for":"trip"}"""],
            ["override", $$"""{"id":"w2","source":"voice","trip":"{{trip}}","mood":"unknown","for":"trip"}"""],
            ["override", $$"""{"id":"w3","source":"voice","trip":"{{trip}}","mood":"sad","for":"PT0S"}"""],
            ["override", $$"""{"id":"w4","source":"voice","trip":"{{trip}}","mood":"sad","for":"P9999D"}"""],
            ["override", $$"""{"id":"w5","source":"voice","trip":"{{trip}}","mood":"sad","for":"trip","clear":true}"""],
            ["override", """{"id":"w6","source":"voice","trip":"","action":"next"}"""],
            ["camera", """{"id":"w7","on":true}"""],
            ["camera", """{"id":"w8","on":true,"trip":"yesterday"}"""],
            ["consent", """{"id":"w9","granted":true}"""],
            ["feedback", """{"id":"w10","source":"wheel","kind":"skip","choiceId":"never"}"""],
            ["taste", $$"""{"id":"w11","artists":[{{string.Join(',', Enumerable.Repeat("\"x\"", 200))}}],"languages":[],"excludeArtists":[]}"""],
            ["style", """{"id":"w12","style":"loud"}"""],
        ];
        foreach (var command in wrong)
        {
            service.Bystander.Command(command[0], command[1]);
        }

        // The same id for other commands: the first that is obeyed keeps it, except that a no always counts.
        service.Bystander.Command("style", """{"id":"same","style":"lift"}""");
        service.Bystander.Command("consent", $$"""{"id":"same","granted":true,"trip":"{{trip}}"}""");
        service.Bystander.Command("feedback", $$"""{"id":"same","source":"wheel","kind":"skip","choiceId":"{{choice}}"}""");

        foreach (var command in wrong)
        {
            var id = JsonDocument.Parse(command[1]).RootElement.GetProperty("id").GetString()!;
            Assert.Equal("error", (await service.Bystander.ReplyAsync(id)).GetProperty("status").GetString());
        }

        await service.Bystander.UntilAsync(() => service.Bystander.On("reply").Count(reply => Bystander.Json(reply).GetProperty("id").GetString() == "same") == 3);
        Assert.Single(service.Bystander.On("song"));
        await AssertUnharmedAsync(service);
    }

    [Fact]
    public async Task Only_a_live_value_lifts_a_freeze_whatever_the_samples_clocks_say()
    {
        await using var service = await RunningService.StartAsync("\"Limiter\": { \"MinIntervalSeconds\": 5 }");
        var gateway = new VehicleGateway(service.Bystander);
        using var end = new CancellationTokenSource();
        await service.ConsentAsync();
        await LimiterAsync("stale-signal");
        gateway.IsQuiet();
        var driving = gateway.DriveAsync(end.Token);
        await LimiterNotAsync("stale-signal");

        // Raised with a clock of the future, released by a sample from the past: not believed.
        gateway.Say(VehicleSignal.Call, """{"active":true,"ts":"2026-11-21T12:00:09Z"}""");
        await LimiterAsync("call");
        gateway.Say(VehicleSignal.Call, """{"active":false,"ts":"2026-11-21T12:00:05Z"}""");
        gateway.Say(VehicleSignal.Call, "maybe");
        gateway.Say(VehicleSignal.Call, """{"active":false,"ts":"2026-11-21T12:00:08Z"}""");
        await service.Bystander.JsonAsync("health", health => health.GetProperty("refused").GetProperty("signals").TryGetProperty("call", out var calls) && calls.GetInt64() == 3);
        Assert.Equal("call", Bystander.Json(service.Bystander.On("limiter")[^1]).GetProperty("reason").GetString());

        gateway.Say(VehicleSignal.Call, """{"active":false,"ts":"2026-11-21T12:00:10Z"}""");
        await LimiterNotAsync("call");

        gateway.Say(VehicleSignal.Speed, "900");
        await LimiterAsync("stale-signal");
        gateway.Say(VehicleSignal.Gear, "-1");
        await LimiterAsync("reverse");
        await end.CancelAsync();
        await driving;

        async Task LimiterAsync(string reason) =>
            await service.Bystander.UntilAsync(() => service.Bystander.On("limiter") is [.., var last] && Bystander.Json(last).GetProperty("reason").GetString() == reason);

        async Task LimiterNotAsync(string reason) =>
            await service.Bystander.UntilAsync(() => service.Bystander.On("limiter") is [.., var last] && Bystander.Json(last).GetProperty("reason").GetString() != reason);
    }

    [Fact]
    public async Task After_a_withdrawal_whoever_comes_later_finds_nothing_of_the_mood_on_the_broker()
    {
        await using var service = await RunningService.StartAsync("\"Limiter\": { \"MinIntervalSeconds\": 5 }");
        var gateway = new VehicleGateway(service.Bystander);
        using var end = new CancellationTokenSource();
        gateway.IsQuiet();
        var driving = gateway.DriveAsync(end.Token);
        await service.ConsentAsync();
        await service.Bystander.JsonAsync("limiter", limiter => limiter.GetProperty("reason").GetString() == "track-boundary");
        var choice = (await service.SongAsync()).GetProperty("choiceId").GetString();
        service.Bystander.Say("cabinmood/car/player", $$"""{"source":"cabinmood","choiceId":"{{choice}}","state":"stopped","remainingMs":0}""");
        await service.Bystander.JsonAsync("song", song => song.GetProperty("why").GetProperty("text").GetString()!.StartsWith("You looked", StringComparison.Ordinal));

        service.Bystander.Command("consent", """{"id":"no","granted":false}""");
        await service.Bystander.ReplyAsync("no");
        await end.CancelAsync();
        await driving;

        await using var late = await Bystander.JoinAsync(service.Broker.Port, "late");
        var song = await late.JsonAsync("song", _ => true);
        Assert.Equal("neutral", song.GetProperty("why").GetProperty("mood").GetString());
        Assert.DoesNotContain("looked", song.GetProperty("why").GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Empty(late.On("mood"));
    }

    [Fact]
    public async Task With_the_commercial_profile_there_are_no_nets_and_no_camera_and_the_drivers_word_still_counts()
    {
        // Cards and device that do not exist: whoever tried to load or open them would fail.
        await using var service = await RunningService.StartAsync(
            """
            "Limiter": { "Profile": "commercial" }, "Perception": { "DetectorCard": "nowhere.json", "EmotionCard": "nowhere.json" }
            """,
            camera: "/dev/nowhere");
        var trip = await service.TripAsync();

        service.Bystander.Command("consent", $$"""{"id":"yes","granted":true,"trip":"{{trip}}"}""");
        service.Bystander.Command("override", $$"""{"id":"wish","source":"voice","trip":"{{trip}}","mood":"calm","for":"PT10M"}""");

        Assert.Contains("commercial", (await service.Bystander.ReplyAsync("yes")).GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal("ok", (await service.Bystander.ReplyAsync("wish")).GetProperty("status").GetString());
        await service.Bystander.JsonAsync("song", song => song.GetProperty("why").GetProperty("mood").GetString() == "calm");
        await service.Bystander.JsonAsync("limiter", limiter => limiter.GetProperty("reason").GetString() == "commercial-profile");
        var health = await service.Bystander.JsonAsync("health", _ => true);
        Assert.Empty(health.GetProperty("models").EnumerateObject());
        await AssertUnharmedAsync(service);
    }

    // It lives, its camera never opened, and it obeys the next command.
    private static async Task AssertUnharmedAsync(RunningService service)
    {
        var trip = await service.TripAsync();
        service.Bystander.Command("override", $$"""{"id":"after","source":"voice","trip":"{{trip}}","mood":"happy","for":"trip"}""");
        // A flood of bad commands may just have used up this second's tokens.
        var reply = await service.Bystander.ReplyAsync("after");
        Assert.Equal("ok", reply.GetProperty("status").GetString());
        await service.Bystander.JsonAsync("song", song => song.GetProperty("why").GetProperty("mood").GetString() == "happy");
        Assert.False(service.Process.Process.HasExited);
        Assert.Empty(service.Process.Error);
        Assert.All(service.Bystander.On("privacy").Select(Bystander.Json), privacy => Assert.Equal("off", privacy.GetProperty("camera").GetString()));
        Assert.All(service.Bystander.On("limiter").Select(Bystander.Json), limiter => Assert.Equal("holding", limiter.GetProperty("state").GetString()));
    }

    private static async Task<int> FloodAsync(Bystander attacker, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        var sent = 0;
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation))
            {
                for (var i = 0; i < 10; i++)
                {
                    attacker.Command("style", $$"""{"id":"flood-{{sent++}}","style":"calm"}""");
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Enough.
        }

        return sent;
    }
}
