using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CabinMood.Messaging;
using CabinMood.Service.Commands;
using Spectre.Console;

namespace CabinMood.Service.Demo;

/// <summary>
/// Shows what came over the broker: JSON lines for programs, plain lines for a pipe, a live table for a person.
/// </summary>
public sealed class DemoScreen : IAsyncDisposable
{
    private static readonly TimeSpan RefreshEvery = TimeSpan.FromMilliseconds(200);

    // As many as fit on a small terminal beside the table.
    private const int EventsShown = 8;

    private readonly Terminal _terminal;
    private readonly bool _json;
    private readonly Topics _topics;
    private readonly ConcurrentDictionary<string, string> _latest = new();
    private readonly ConcurrentQueue<string> _events = new();
    private readonly CancellationTokenSource _end = new();
    private readonly Task _live;

    private DemoScreen(Terminal terminal, bool json, Topics topics, bool live)
    {
        _terminal = terminal;
        _json = json;
        _topics = topics;
        IsLive = live;
        _live = live ? Task.Run(LiveAsync) : Task.CompletedTask;
    }

    private bool IsLive { get; }

    /// <summary>A screen of the kind that suits whoever is looking.</summary>
    public static DemoScreen Open(Terminal terminal, bool json, Topics topics) =>
        new(terminal, json, topics, !json && Terminal.IsInteractive);

    /// <summary>Shows one message. Thread-safe; does not block on the terminal in a live view.</summary>
    public void Show(IncomingMessage message)
    {
        var payload = Encoding.UTF8.GetString(message.Payload.Span);
        if (_json)
        {
            _terminal.Line(JsonLine(message, payload));
            return;
        }

        var words = Words(message.Topic, payload);
        if (!IsLive)
        {
            _terminal.Line($"{message.Topic[(_topics.Base.Length + 1)..],-12} {words}");
            return;
        }

        if (_latest.GetValueOrDefault(message.Topic) != words && message.Topic != _topics.Health && message.Topic != _topics.Player)
        {
            _events.Enqueue($"{message.Topic[(_topics.Base.Length + 1)..],-12} {words}");
            while (_events.Count > EventsShown)
            {
                _events.TryDequeue(out _);
            }
        }

        _latest[message.Topic] = words;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await _live.ConfigureAwait(false);
        _end.Dispose();
    }

    private static string JsonLine(IncomingMessage message, string payload)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("topic", message.Topic);
            writer.WritePropertyName("payload");
            if (payload.StartsWith('{'))
            {
                writer.WriteRawValue(payload);
            }
            else
            {
                writer.WriteStringValue(payload);
            }

            writer.WriteBoolean("retain", message.Retained);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    // The few fields a person wants to see; everything else is in --json.
    private string Words(string topic, string payload)
    {
        if (!payload.StartsWith('{'))
        {
            return payload;
        }

        using var document = JsonDocument.Parse(payload);
        var json = document.RootElement;
        string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.ToString() : "";
        if (topic == _topics.Mood)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{Text(json, "mood")}  (face {Text(json, "face")}, valence {Text(json, "valence")}, arousal {Text(json, "arousal")}, confidence {Text(json, "confidence")})");
        }

        if (topic == _topics.Song)
        {
            var song = json.GetProperty("song");
            return $"{Text(song, "name")} - {Text(song, "artist")}: {Text(json.GetProperty("why"), "text")}";
        }

        if (topic == _topics.Limiter)
        {
            var reason = Text(json, "reason");
            return $"{Text(json, "state")} {reason}{(Text(json, "until") is { Length: > 0 } until ? $" until {until}" : "")}";
        }

        if (topic == _topics.Privacy)
        {
            return $"camera {Text(json, "camera")}, consent {Text(json, "consent")}, trip {Text(json, "trip")}";
        }

        if (topic == _topics.Health)
        {
            var reasons = string.Join("; ", json.GetProperty("reasons").EnumerateArray());
            var latency = json.GetProperty("latencyMs");
            return $"{Text(json, "state")}{(reasons.Length > 0 ? $" ({reasons})" : "")}, {Text(json, "fps")} fps, looked at {Text(json, "analysisHz")} a second, latency {Text(latency, "p50")} ms (p99 {Text(latency, "p99")} ms), {Text(json, "rssMb")} MB";
        }

        return payload;
    }

    private async Task LiveAsync()
    {
        await _terminal.Rich.Live(Table()).StartAsync(async context =>
        {
            using var timer = new PeriodicTimer(RefreshEvery);
            try
            {
                while (await timer.WaitForNextTickAsync(_end.Token).ConfigureAwait(false))
                {
                    context.UpdateTarget(Table());
                }
            }
            catch (OperationCanceledException)
            {
                context.UpdateTarget(Table());
            }
        }).ConfigureAwait(false);
    }

    private Table Table()
    {
        var table = new Table().Title("CabinMood over MQTT (Ctrl-C ends)").AddColumn("topic").AddColumn("last message").Expand();
        foreach (var topic in new[] { _topics.Availability, _topics.Privacy, _topics.Mood, _topics.Limiter, _topics.Song, _topics.Health })
        {
            table.AddRow(Markup.Escape(topic), Markup.Escape(_latest.GetValueOrDefault(topic, "-")));
        }

        table.AddEmptyRow();
        foreach (var happened in _events)
        {
            table.AddRow("", Markup.Escape(happened));
        }

        return table;
    }
}
