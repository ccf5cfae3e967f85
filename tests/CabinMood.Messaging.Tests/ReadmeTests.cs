using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CabinMood.Core.Conductor.Publications;
using CabinMood.Core.Faces;
using CabinMood.Core.Moods;
using CabinMood.Core.Safety;
using CabinMood.Core.Songs;
using CabinMood.Messaging.Commands;
using CabinMood.Messaging.Payloads;
using CabinMood.Messaging.Signals;

namespace CabinMood.Messaging.Tests;

/// <summary>What the contract's page shows is what the code takes and sends.</summary>
public sealed partial class ReadmeTests
{
    private readonly string[] _lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "README.md"));
    private readonly Topics _topics = new("car");

    [Fact]
    public void Every_command_on_the_page_is_taken()
    {
        var reader = new CommandReader(_topics);
        var topic = "";
        var commands = new HashSet<string>();
        foreach (var match in _lines.Select(line => CommandRow().Match(line)).Where(match => match.Success))
        {
            topic = match.Groups["topic"].Length > 0 ? match.Groups["topic"].Value : topic;
            var message = new IncomingMessage($"{_topics.Base}/{topic}", Encoding.UTF8.GetBytes(match.Groups["json"].Value));
            var error = topic == "player" ? PlayerReader.Read(message).Refusal?.Error : reader.Read(message).Refusal?.Error;
            Assert.True(error is null, $"{match.Value}: {error}");
            commands.Add(topic);
        }

        Assert.Equal(
            ["player", "set/camera", "set/consent", "set/erase", "set/feedback", "set/override", "set/style", "set/taste"],
            commands.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_payload_on_the_page_has_the_fields_that_are_sent_in_their_order()
    {
        var song = new Song("", "", "", "", "", 1, "Calm", 0, 0, 0, 0, 0, "");
        var now = DateTimeOffset.UnixEpoch;
        OutgoingMessage[] sent =
        [
            OutgoingMessage.Of(new MoodPublication(now, Mood.Calm, 0, 0, 0, now, FacePresence.Present, null), _topics),
            OutgoingMessage.Of(new SongPublication(now, "", song, 0, new SongReason(Mood.Calm, Style.Match, 0, 0, ""), []), _topics),
            OutgoingMessage.Of(new LimiterPublication(now, null, null, 0, ""), _topics),
            OutgoingMessage.Of(new PrivacyPublication(now, false, Consent.Granted, "", false, ""), _topics),
            OutgoingMessage.Of(new ReplyPublication(now, "", ReplyStatus.Ok), _topics),
            OutgoingMessage.Of(HealthPayload.From(now, HealthState.Ok, [], 0, 0, 0, 0, 0, 0, TimeSpan.Zero, "", new Dictionary<string, string> { ["emotion"] = "" }, RefusedPayload.From(0, 0, 0, VehicleState.Unknown.Without(VehicleSignal.Speed)), []), _topics),
        ];

        foreach (var message in sent)
        {
            var heading = Array.IndexOf(_lines, $"### {message.Topic[(_topics.Base.Length + 1)..]}");
            Assert.True(heading >= 0, message.Topic);
            var example = Array.Find(_lines[heading..], line => line.StartsWith('{'))!;
            Assert.Equal(Fields(Encoding.UTF8.GetString(message.Payload.Span)), Fields(example));
        }
    }

    [Fact]
    public void Every_reason_to_hold_is_on_the_page_with_the_words_that_are_told()
    {
        foreach (var reason in Enum.GetValues<HoldReason>())
        {
            var row = Assert.Single(_lines, line => line.StartsWith($"| `{WireNames<HoldReason>.Of(reason)}` |", StringComparison.Ordinal));
            Assert.Contains(HoldWords.Of(new LimiterVerdict(reason, TimeSpan.Zero), [VehicleSignal.Speed, VehicleSignal.Gear]), row, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("vss/Vehicle/Speed", VehicleSignal.Speed)]
    [InlineData("vss/Vehicle/LowVoltageSystemState", VehicleSignal.Ignition)]
    [InlineData("cabin/call", VehicleSignal.Call)]
    public void Every_signal_on_the_page_is_read(string topic, VehicleSignal signal)
    {
        var line = Array.Find(_lines, line => line.StartsWith($"{topic} ", StringComparison.Ordinal))!;
        var payload = line[topic.Length..].Replace("km/h", "", StringComparison.Ordinal).Trim();

        Assert.True(VehicleSignalReader.Read(signal, new IncomingMessage(topic, Encoding.UTF8.GetBytes(payload))).IsRead, line);
    }

    private static string Fields(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Fields(document.RootElement);
    }

    private static string Fields(JsonElement element) => element.ValueKind == JsonValueKind.Object
        ? $"{{{string.Join(',', element.EnumerateObject().Select(field => field.Name + Fields(field.Value)))}}}"
        : "";

    [GeneratedRegex("""^\| (?:`(?<topic>(?:set/|player)[^`]*)` )?\| `(?<json>\{.*\})` \|$""")]
    private static partial Regex CommandRow();
}
