using System.Globalization;
using System.Text;
using System.Text.Json;
using CabinMood.Core.Conductor;
using CabinMood.Core.Conductor.Commands;
using CabinMood.Core.Conductor.Events;
using CabinMood.Core.Emotions;
using CabinMood.Core.Faces;
using CabinMood.Core.Safety;
using CabinMood.Messaging;
using CabinMood.Messaging.Commands;
using CabinMood.Messaging.Signals;

namespace CabinMood.Service.Simulation.Drives;

/// <summary>
/// Reads the events of a drive. Commands, player reports and signal values go through the same readers as messages
/// from the broker, so that a drive can say nothing that a car could not.
/// </summary>
/// <param name="isRecorded">Numbers that a net gave are taken as they are; those that a person wrote must be in range.</param>
internal sealed class EventReader(bool isRecorded)
{
    /// <summary>Stands for the number of the repetition in commands.</summary>
    private const string NumberWord = "$n";

    // Rounded probabilities may miss 1 by a little; the mood filter takes no more than this.
    private const float SumTolerance = 0.01f;

    private static readonly Topics Topics = new("car");

    private readonly CommandReader _commands = new(Topics);

    /// <summary>Makes one event at its moment; the second argument counts repetitions from 0.</summary>
    public delegate ConductorEvent Maker(Moment at, int number);

    /// <summary>The events of a line; more than one where a line tells several signals.</summary>
    public IReadOnlyList<Maker> Read(DriveLine line)
    {
        switch (line.Text("event"))
        {
            case "reading":
                return [Seen(line, new FaceObservation(FacePresence.Present, Reading(line)))];
            case "no-face":
                return [Seen(line, FaceObservation.Absent)];
            case "obscured":
                return [Seen(line, FaceObservation.Obscured)];
            case "camera":
                var isOpen = line.Flag("open");
                return [(at, _) => new CameraChanged(at, isOpen)];
            case "signal":
                // The live reader takes value and time stamp from the line itself.
                line.Need("value");
                line.Find("ts");
                return [Signal(line.Word<VehicleSignal>("signal"), line.Json, line.OptionalFlag("retained"))];
            case "signals":
                return Signals(line);
            case "unreadable":
                var lost = line.Word<VehicleSignal>("signal");
                return [(at, _) => new SignalUnreadable(at, lost)];
            case "source":
                return Sources(line);
            case "command":
                return [Command(line)];
            case "committed":
                var (id, error) = (line.Text("id"), line.OptionalText("error"));
                return [(at, _) => new CommandCommitted(at, id, error)];
            case "player":
                return [Player(line)];
            case "broker":
                return line.Flag("connected") ? [(at, _) => new BrokerConnected(at)] : [(at, _) => new BrokerLost(at)];
            case "tick":
                return [(at, _) => new ClockTicked(at)];
            case "stop":
                return [(at, _) => new ServiceStopping(at)];
            case var other:
                throw line.Error($"unknown event \"{other}\"; known: reading, no-face, obscured, camera, signal, signals, unreadable, source, command, committed, player, broker, tick, start, stop");
        }
    }

    private static Maker Seen(DriveLine line, FaceObservation observation)
    {
        var opening = line.OptionalCount("opening", long.MaxValue) ?? Placeholders.CurrentOpening;
        return (at, _) => new FaceSeen(at, observation, opening);
    }

    private static byte[] Utf8(string json) => Encoding.UTF8.GetBytes(json);

    private static Maker Signal(VehicleSignal signal, JsonElement value, bool retained)
    {
        var read = VehicleSignalReader.Read(signal, new IncomingMessage("", Utf8(value.GetRawText()), retained));
        return read.IsRead
            ? (at, _) => new SignalArrived(at, signal, read.Value)
            : (at, _) => new SignalUnreadable(at, signal);
    }

    private static IReadOnlyList<Maker> Signals(DriveLine line)
    {
        var values = line.Need("values");
        if (values.ValueKind != JsonValueKind.Object)
        {
            throw line.Error("\"values\" must be an object of signals and their values");
        }

        return [.. values.EnumerateObject().Select(member => WireNames<VehicleSignal>.TryParse(member.Name, out var signal)
            ? Signal(signal, member.Value, retained: false)
            : throw line.Error($"unknown signal \"{member.Name}\"; known: {WireNames<VehicleSignal>.List(null)}"))];
    }

    private static IReadOnlyList<Maker> Sources(DriveLine line)
    {
        var isOnline = line.Flag("online");
        if (line.Text("signal") != "all")
        {
            var signal = line.Word<VehicleSignal>("signal");
            return [(at, _) => new SignalSourceChanged(at, signal, isOnline)];
        }

        return [.. Enum.GetValues<VehicleSignal>().Select<VehicleSignal, Maker>(signal => (at, _) => new SignalSourceChanged(at, signal, isOnline))];
    }

    private Maker Command(DriveLine line)
    {
        var topic = line.Text("topic");
        var json = line.Need("payload").GetRawText();
        var first = Read(json);
        return json.Contains(NumberWord, StringComparison.Ordinal)
            ? (at, number) => new CommandArrived(at, Read(json.Replace(NumberWord, number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)))
            : (at, _) => new CommandArrived(at, first);

        Command Read(string payload)
        {
            var read = _commands.Read(new IncomingMessage(Topics.Set(topic), Utf8(payload)));
            return read.IsRead ? read.Value : throw line.Error($"set/{topic}: {read.Refusal.Error}");
        }
    }

    private static Maker Player(DriveLine line)
    {
        var read = PlayerReader.Read(new IncomingMessage(Topics.Player, Utf8(line.Need("payload").GetRawText())));
        return read.IsRead ? (at, _) => new PlayerReported(at, read.Value) : throw line.Error($"player: {read.Refusal.Error}");
    }

    private EmotionReading Reading(DriveLine line)
    {
        var given = line.Need("emotions");
        if (given.ValueKind != JsonValueKind.Object)
        {
            throw line.Error("\"emotions\" must be an object of emotions and their probabilities");
        }

        var emotions = default(EmotionProbabilities);
        var sum = 0f;
        foreach (var member in given.EnumerateObject())
        {
            if (!WireNames<Emotion>.TryParse(member.Name, out var emotion))
            {
                throw line.Error($"unknown emotion \"{member.Name}\"; known: {WireNames<Emotion>.List(null)}");
            }

            sum += emotions[(int)emotion] = Number(line, member.Name, member.Value, 0);
        }

        if (!isRecorded && MathF.Abs(sum - 1) > SumTolerance)
        {
            throw line.Error(string.Create(CultureInfo.InvariantCulture, $"the emotions add up to {sum:0.###}, not to 1"));
        }

        return new EmotionReading(emotions, Optional("valence", -1, 0), Optional("arousal", -1, 0), Optional("quality", 0, 1))
        {
            MouthActivity = Optional("mouthActivity", 0, 0),
        };

        float Optional(string name, float min, float otherwise) => line.Find(name) is { } element ? Number(line, name, element, min) : otherwise;
    }

    // Up to 1. What is no number is written as JSON cannot: "NaN", "Infinity", "-Infinity".
    private float Number(DriveLine line, string name, JsonElement element, float min)
    {
        if (element.ValueKind == JsonValueKind.String && element.GetString() is "NaN" or "Infinity" or "-Infinity")
        {
            return float.Parse(element.GetString()!, CultureInfo.InvariantCulture);
        }

        return element.ValueKind == JsonValueKind.Number && element.TryGetSingle(out var number) && (isRecorded || (number >= min && number <= 1))
            ? number
            : throw line.Error(string.Create(CultureInfo.InvariantCulture, $"\"{name}\" must be a number from {min} to 1"));
    }
}
