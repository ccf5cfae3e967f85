using System.Text;
using System.Text.Json.Nodes;
using CabinMood.Messaging;
using CabinMood.Messaging.Commands;
using CabinMood.Service.Tests.EndToEnd;
using Xunit.Abstractions;

namespace CabinMood.Service.Tests.Contract;

/// <summary>What the contract says for tools is what the service does.</summary>
public sealed class AsyncApiTests(ITestOutputHelper output)
{
    private const string Base = "cabinmood/car/";

    // Each way to say each command.
    private static readonly (string Topic, string Payload)[] Commands =
    [
        ("set/override", """{"id":"c1","source":"voice","trip":"TRIP","mood":"calm","for":"trip"}"""),
        ("set/override", """{"id":"c2","source":"touch","trip":"TRIP","mood":"happy","for":"PT10M"}"""),
        ("set/override", """{"id":"c3","source":"wheel","trip":"TRIP","action":"next"}"""),
        ("set/override", """{"id":"c4","source":"touch","clear":true}"""),
        ("set/feedback", """{"id":"c5","source":"touch","kind":"like","choiceId":"CHOICE"}"""),
        ("set/style", """{"id":"c6","style":"lift"}"""),
        ("set/taste", """{"id":"c7","artists":["Example & Sons"],"languages":["en","de"],"excludeArtists":[]}"""),
        ("set/consent", """{"id":"c8","granted":true,"trip":"TRIP"}"""),
        ("set/camera", """{"id":"c9","on":false}"""),
        ("set/camera", """{"id":"c10","on":true,"trip":"TRIP"}"""),
        ("set/consent", """{"id":"c11","granted":false}"""),
        ("set/erase", """{"id":"c12"}"""),
        ("player", """{"source":"cabinmood","choiceId":"CHOICE","state":"playing","positionMs":1500,"remainingMs":6500}"""),
        ("player", """{"source":"other","state":"paused"}"""),
    ];

    // Well formed, and still refused: a schema cannot count a duration.
    private static readonly string[] BeyondSchemas = ["PT0S", "PT25H", "P2D"];

    [NeedsAsyncApiFact]
    public async Task The_official_parser_finds_nothing_wrong_with_the_file() => Assert.Empty(await ContractFile.ProblemsAsync([]));

    [NeedsAsyncApiFact]
    public async Task Everything_that_the_running_service_sends_and_takes_fits_its_schema()
    {
        await using var service = await RunningService.StartAsync("\"Commands\": { \"PerSecond\": 1000 }", mqtt: "\"PublishEmotions\": true");
        await service.ConsentAsync();
        var (trip, choice) = (await service.TripAsync(), (await service.SongAsync()).GetProperty("choiceId").GetString()!);
        await service.Bystander.JsonAsync("mood", mood => mood.TryGetProperty("emotions", out _));
        (string Topic, JsonNode? Payload)[] said =
            [.. Commands.Select(command => (Base + command.Topic, JsonNode.Parse(command.Payload.Replace("TRIP", trip, StringComparison.Ordinal).Replace("CHOICE", choice, StringComparison.Ordinal))))];
        foreach (var (topic, payload) in said)
        {
            service.Bystander.Say(topic, payload!.ToJsonString());
            if (payload["id"]?.GetValue<string>() is { } id)
            {
                // One after another: a no overtakes a yes that waits.
                var reply = await service.Bystander.ReplyAsync(id);
                Assert.True(reply.GetProperty("status").GetString() != "error", reply.ToString());
            }
        }

        service.Bystander.Command("style", """{"id":"bad","style":"loud"}""");
        Assert.Equal("error", (await service.Bystander.ReplyAsync("bad")).GetProperty("status").GetString());
        await service.Bystander.JsonAsync("reply", reply => reply.GetProperty("status").GetString() == "superseded");
        await service.Bystander.JsonAsync("health", health => health.GetProperty("refused").GetProperty("commands").GetInt64() == 1);
        await service.TerminateAsync();
        await service.Bystander.TextAsync("availability", "offline");

        string[] told = ["availability", "mood", "song", "limiter", "privacy", "health", "reply"];
        (string Topic, JsonNode? Payload)[] heard = [.. told.SelectMany(service.Bystander.On).Select(message => (message.Topic, PayloadOf(message)))];
        Assert.All(told, topic => Assert.Contains(heard, message => message.Topic == Base + topic));
        await AssertFitsAsync([.. heard, .. said]);
        output.WriteLine($"{heard.Length} messages sent and {said.Length} taken by the service fit");
    }

    [NeedsAsyncApiFact]
    public async Task What_the_schemas_allow_is_read_and_what_they_forbid_is_refused()
    {
        (string Topic, JsonNode? Payload)[] cases = [.. Commands.SelectMany(command => Variants(command.Payload).Select(variant => (Base + command.Topic, (JsonNode?)variant)))];
        var problems = await ContractFile.ProblemsAsync(cases);

        var (taken, refused) = (0, 0);
        foreach (var ((topic, payload), problem) in cases.Zip(problems))
        {
            var error = ErrorOf(topic, payload!);
            Assert.True((problem is null) == (error is null), $"{topic} {payload!.ToJsonString()}: the schema says {problem ?? "yes"}, the service says {error ?? "yes"}");
            _ = error is null ? taken++ : refused++;
        }

        output.WriteLine($"{taken} variants taken and {refused} refused by both");
        Assert.InRange(taken, Commands.Length * 2, cases.Length);
        Assert.InRange(refused, Commands.Length * 5, cases.Length);
    }

    [NeedsAsyncApiFact]
    public async Task Only_the_length_of_a_duration_is_beyond_the_schemas()
    {
        var cases = BeyondSchemas.Select(span => (Topic: Base + "set/override", Payload: JsonNode.Parse($$"""{"id":"d","source":"voice","trip":"t","mood":"calm","for":"{{span}}"}"""))).ToArray();

        await AssertFitsAsync(cases);
        Assert.All(cases, one => Assert.Contains("for", ErrorOf(one.Topic, one.Payload!), StringComparison.Ordinal));
    }

    private static async Task AssertFitsAsync((string Topic, JsonNode? Payload)[] messages)
    {
        var problems = await ContractFile.ProblemsAsync(messages);
        Assert.Equal(messages.Length, problems.Count);
        Assert.Empty(messages.Zip(problems).Where(pair => pair.Second is not null).Select(pair => $"{pair.First.Topic} {pair.First.Payload}: {pair.Second}"));
    }

    private static string? ErrorOf(string topic, JsonNode payload)
    {
        var message = new IncomingMessage(topic, Encoding.UTF8.GetBytes(payload.ToJsonString()));
        return topic == $"{Base}player" ? PlayerReader.Read(message).Refusal?.Error : new CommandReader(new Topics("car")).Read(message).Refusal?.Error;
    }

    // The payload itself, with one field more, and with each field missing or replaced by each of many values.
    private static IEnumerable<JsonObject> Variants(string payload)
    {
        var whole = JsonNode.Parse(payload)!.AsObject();
        yield return whole;
        var more = (JsonObject)whole.DeepClone();
        more["unheardOf"] = new JsonArray(1, 2);
        yield return more;
        foreach (var key in whole.Select(field => field.Key).Concat(["mood", "action", "clear", "trip", "choiceId"]).Distinct().ToArray())
        {
            var less = (JsonObject)whole.DeepClone();
            less.Remove(key);
            yield return less;
            foreach (var value in Values())
            {
                var changed = (JsonObject)whole.DeepClone();
                changed[key] = value;
                yield return changed;
            }
        }
    }

    private static IEnumerable<JsonNode?> Values() =>
    [
        null, true, false, 0, -1, 5, 1.5, 86_400_001, "", "x", "calm", "next", "trip", "song", "PT10M", "PT23H59M", "PT", "P", "voice", "like", "other", "cabinmood", "playing",
        new string('x', 64), new string('x', 65), new string('x', 201), "bell\a", "ä€", new JsonArray(), new JsonArray("a", "b"), new JsonArray(1), new JsonArray(""), new JsonArray(" "), new JsonArray("en", "de-AT"), new JsonArray("de_AT"),
        new JsonArray([.. Enumerable.Range(0, 101).Select(i => JsonValue.Create($"a{i}"))]), new JsonArray(new string('x', 36)), new JsonObject { ["value"] = 1 },
    ];

    private static JsonNode? PayloadOf(IncomingMessage message) => message switch
    {
        { Topic: $"{Base}availability" } or { Payload.Length: 0 } => Encoding.UTF8.GetString(message.Payload.Span),
        _ => JsonNode.Parse(message.Payload.Span),
    };
}
