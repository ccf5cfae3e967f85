using System.Globalization;
using System.Text;
using System.Text.Json;
using CabinMood.Core.Safety;
using CabinMood.Messaging;
using Microsoft.Extensions.Logging;

namespace CabinMood.Service.Demo;

/// <summary>
/// Plays the car around CabinMood, as a second MQTT client that knows nothing but the contract: grants consent when
/// asked, drives at 50 km/h, and plays every song for a few seconds. Whatever arrives from the broker is handed on.
/// </summary>
public sealed class HeadUnit : IAsyncDisposable
{
    // Short tracks, so that changes at track boundaries can be watched.
    private const int TrackMs = 8000;

    private static readonly TimeSpan ReportEvery = TimeSpan.FromMilliseconds(500);

    private readonly Topics _topics;
    private readonly VehicleOptions _vehicle;
    private readonly Action<IncomingMessage> _show;
    private readonly MqttLink _link;
    private readonly ITimer _reports;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private string? _choice;
    private long _trackStart;
    private string? _grantedTrip;
    private int _commands;

    /// <summary>Connects and begins to play its part.</summary>
    /// <param name="broker">Where the broker is.</param>
    /// <param name="vehicle">Which signals the service listens to.</param>
    /// <param name="show">Gets every message of the contract as it came over the broker; must not block.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The link's log.</param>
    public HeadUnit(MqttOptions broker, VehicleOptions vehicle, Action<IncomingMessage> show, TimeProvider time, ILogger<MqttLink> logger)
    {
        _topics = new Topics(broker.Vehicle);
        _vehicle = vehicle;
        _show = show;
        _time = time;
        var options = new MqttOptions { Host = broker.Host, Port = broker.Port, Vehicle = broker.Vehicle, ClientId = "cabinmood-demo-head-unit" };
        _link = new MqttLink(options, [new MqttSubscription("cabinmood/#", 1, RetainAsPublished: true)], Hear, null, time, logger);
        _link.Start();
        _reports = time.CreateTimer(_ => Report(), null, ReportEvery, ReportEvery);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _reports.DisposeAsync().ConfigureAwait(false);
        await _link.DisposeAsync().ConfigureAwait(false);
    }

    private void Hear(IncomingMessage message)
    {
        _show(message);
        if (message.Topic == _topics.Availability)
        {
            if (Encoding.UTF8.GetString(message.Payload.Span) == "online")
            {
                TellSignals();
            }
        }
        else if (message.Topic == _topics.Privacy)
        {
            Grant(message.Payload);
        }
        else if (message.Topic == _topics.Song)
        {
            Play(message.Payload);
        }
    }

    // What a driver would say once per trip, on a screen of the head unit, while parked.
    private void Grant(ReadOnlyMemory<byte> privacy)
    {
        using var json = JsonDocument.Parse(privacy);
        var trip = json.RootElement.GetProperty("trip").GetString();
        if (json.RootElement.GetProperty("consent").GetString() != "withheld" || string.IsNullOrEmpty(trip) || trip == _grantedTrip)
        {
            return;
        }

        _grantedTrip = trip;
        var id = string.Create(CultureInfo.InvariantCulture, $"demo-{++_commands}");
        Send(_topics.Set("consent"), writer =>
        {
            writer.WriteString("id", id);
            writer.WriteBoolean("granted", true);
            writer.WriteString("trip", trip);
        });
    }

    private void Play(ReadOnlyMemory<byte> song)
    {
        using var json = JsonDocument.Parse(song);
        lock (_gate)
        {
            var choice = json.RootElement.GetProperty("choiceId").GetString();
            if (choice != _choice)
            {
                _choice = choice;
                _trackStart = _time.GetTimestamp();
            }
        }
    }

    private void Report()
    {
        Send(_vehicle.Speed.Topic, writer => writer.WriteNumber("value", 50));
        string? choice;
        long position;
        lock (_gate)
        {
            choice = _choice;
            position = (long)_time.GetElapsedTime(_trackStart).TotalMilliseconds;
        }

        if (choice is null)
        {
            return;
        }

        Send(_topics.Player, writer =>
        {
            writer.WriteString("source", "cabinmood");
            writer.WriteString("choiceId", choice);
            writer.WriteString("state", position < TrackMs ? "playing" : "stopped");
            writer.WriteNumber("positionMs", Math.Min(position, TrackMs));
            writer.WriteNumber("remainingMs", Math.Max(0, TrackMs - position));
        });
    }

    // A source first says that it lives, then what its signals are.
    private void TellSignals()
    {
        foreach (var signal in Enum.GetValues<VehicleSignal>())
        {
            var options = _vehicle[signal];
            if (options.Kind != SignalKind.OnChange)
            {
                continue;
            }

            _link.Publish(options.Availability, "online"u8, qos: 1, retain: false);
            switch (signal)
            {
                case VehicleSignal.Call or VehicleSignal.Navigation:
                    Send(options.Topic, writer => writer.WriteBoolean("active", false));
                    break;
                case VehicleSignal.Ignition:
                    Send(options.Topic, writer => writer.WriteString("value", "ON"));
                    break;
                case VehicleSignal.Gear:
                    Send(options.Topic, writer => writer.WriteNumber("value", 127));
                    break;
                case VehicleSignal.Fatigue:
                    Send(options.Topic, writer => writer.WriteNumber("value", 10));
                    break;
                default:
                    Send(options.Topic, writer => writer.WriteBoolean("value", false));
                    break;
            }
        }
    }

    private void Send(string topic, Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        _link.Publish(topic, stream.ToArray(), qos: 1, retain: false);
    }
}
