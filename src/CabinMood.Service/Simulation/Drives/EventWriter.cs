using System.Globalization;
using System.Text.Json;
using CabinMood.Core.Conductor;
using CabinMood.Core.Conductor.Events;
using CabinMood.Core.Emotions;
using CabinMood.Core.Faces;
using CabinMood.Core.Safety;
using CabinMood.Messaging;

namespace CabinMood.Service.Simulation.Drives;

/// <summary>Writes an event as one line that <see cref="DriveReader"/> reads back to the same event, bit for bit.</summary>
internal static class EventWriter
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    /// <summary>Writes one object.</summary>
    /// <param name="json">An empty writer.</param>
    /// <param name="happened">Any event but the start.</param>
    /// <param name="after">
    /// The state after it. A reading that did not count, because nobody may be looked at any more, is written as mere
    /// passing of time, which is all that it was to the conductor: what was seen without consent is on no disk.
    /// </param>
    public static void Write(Utf8JsonWriter json, ConductorEvent happened, ConductorState after)
    {
        json.WriteStartObject();
        Moment(json, happened.At);
        switch (happened)
        {
            case FaceSeen face when after.MayLook && face.Opening == after.CameraOpening:
                Face(json, face);
                break;
            case CameraChanged camera:
                json.WriteString("event", "camera");
                json.WriteBoolean("open", camera.IsOpen);
                break;
            case SignalArrived signal:
                Signal(json, signal);
                break;
            case SignalUnreadable signal:
                json.WriteString("event", "unreadable");
                json.WriteString("signal", WireNames<VehicleSignal>.Of(signal.Signal));
                break;
            case SignalSourceChanged source:
                json.WriteString("event", "source");
                json.WriteString("signal", WireNames<VehicleSignal>.Of(source.Signal));
                json.WriteBoolean("online", source.IsOnline);
                break;
            case CommandArrived arrived:
                json.WriteString("event", "command");
                CommandWriter.Write(json, arrived.Command);
                break;
            case CommandCommitted committed:
                json.WriteString("event", "committed");
                json.WriteString("id", committed.CommandId);
                if (committed.Error is { } error)
                {
                    json.WriteString("error", error);
                }

                break;
            case PlayerReported player:
                Player(json, player.Report);
                break;
            case BrokerConnected or BrokerLost:
                json.WriteString("event", "broker");
                json.WriteBoolean("connected", happened is BrokerConnected);
                break;
            case ServiceStopping:
                json.WriteString("event", "stop");
                break;
            // What comes after an erasure is never written, but the switch must be whole.
            case ClockTicked or FaceSeen or EventLogEnded:
                json.WriteString("event", "tick");
                break;
            default:
                throw new ArgumentException($"Drives have no line for {happened.GetType().Name}.", nameof(happened));
        }

        json.WriteEndObject();
    }

    /// <summary>Adds <c>at</c> and <c>utc</c>.</summary>
    public static void Moment(Utf8JsonWriter json, Moment at)
    {
        json.WriteNumber("at", at.Elapsed.Ticks / (decimal)TimeSpan.TicksPerSecond);
        json.WriteString("utc", Time(at.Utc));
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    private static void Face(Utf8JsonWriter json, FaceSeen face)
    {
        var seen = face.Observation;
        if (seen.Presence != FacePresence.Present)
        {
            json.WriteString("event", seen.Presence == FacePresence.Absent ? "no-face" : "obscured");
            json.WriteNumber("opening", face.Opening);
            return;
        }

        json.WriteString("event", "reading");
        json.WriteNumber("opening", face.Opening);
        json.WriteStartObject("emotions");
        foreach (var emotion in Enum.GetValues<Emotion>())
        {
            Number(json, WireNames<Emotion>.Of(emotion), seen.Reading.Emotions.Of(emotion));
        }

        json.WriteEndObject();
        Number(json, "valence", seen.Reading.Valence);
        Number(json, "arousal", seen.Reading.Arousal);
        Number(json, "quality", seen.Reading.Quality);
        Number(json, "mouthActivity", seen.Reading.MouthActivity);
    }

    private static void Number(Utf8JsonWriter json, string name, float number)
    {
        if (float.IsFinite(number))
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteString(name, number.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static void Signal(Utf8JsonWriter json, SignalArrived signal)
    {
        json.WriteString("event", "signal");
        json.WriteString("signal", WireNames<VehicleSignal>.Of(signal.Signal));
        json.WriteNumber("value", signal.Sample.Value);
        if (signal.Sample.Sent is { } sent)
        {
            json.WriteString("ts", Time(sent));
        }

        if (signal.Sample.Retained)
        {
            json.WriteBoolean("retained", true);
        }
    }

    private static void Player(Utf8JsonWriter json, PlayerReport report)
    {
        json.WriteString("event", "player");
        json.WriteStartObject("payload");
        json.WriteString("source", WireNames<PlayerSource>.Of(report.Source));
        if (report.ChoiceId is { } choice)
        {
            json.WriteString("choiceId", choice);
        }

        json.WriteString("state", WireNames<PlayerState>.Of(report.State));
        Count("positionMs", report.PositionMs);
        Count("remainingMs", report.RemainingMs);
        json.WriteEndObject();

        void Count(string name, long? count)
        {
            if (count is { } known)
            {
                json.WriteNumber(name, known);
            }
        }
    }
}
