using CabinMood.Core.Safety;

namespace CabinMood.Messaging;

/// <summary>
/// Which topics a command may name for its answer besides the reply topic [MQTT 5.0, 4.10]. CabinMood may write where who
/// commands may not, so an answer goes nowhere that others believe CabinMood or the vehicle: not below <c>cabinmood/</c>,
/// where it would be state that nobody told, or a command to the car next to us, for a reply with its id is as good as an
/// erase; and not below the first level of any vehicle signal, where it would be a sample.
/// </summary>
public sealed class ResponseTopics
{
    /// <summary>Ours: a thousand addresses are kept for second answers. MQTT itself allows 64 KiB each.</summary>
    public const int MaxLength = 256;

    // Below their first level: whatever else the car says there is not ours to know either. VSS also where no signal of it is taken.
    private readonly HashSet<string> _reserved = new(["cabinmood", "vss", "cabin"], StringComparer.Ordinal);

    /// <summary>The topics that are left beside a vehicle's.</summary>
    public ResponseTopics(VehicleOptions vehicle)
    {
        ArgumentNullException.ThrowIfNull(vehicle);
        foreach (var signal in Enum.GetValues<VehicleSignal>().Select(signal => vehicle[signal]))
        {
            _reserved.Add(FirstLevel(signal.Topic));
            _reserved.Add(FirstLevel(signal.Availability));
        }
    }

    /// <summary>Whether an answer may go to a topic: one that can be published to, and is neither ours, the vehicle's nor the broker's.</summary>
    public bool MayAnswerTo(string responseTopic)
    {
        ArgumentNullException.ThrowIfNull(responseTopic);
        return responseTopic.Length is > 0 and <= MaxLength
            && responseTopic[0] != '$'
            && !responseTopic.Any(c => c is '+' or '#' || char.IsControl(c))
            && !_reserved.Contains(FirstLevel(responseTopic));
    }

    /// <summary>The address that a message names; null when it names none, or none that may be answered to.</summary>
    public ReplyAddress? AddressOf(in IncomingMessage message) =>
        message.ResponseTopic is { } topic && MayAnswerTo(topic)
            ? new ReplyAddress(topic, message.CorrelationData ?? ReadOnlyMemory<byte>.Empty)
            : null;

    private static string FirstLevel(string topic) => topic.Split('/', 2)[0];
}
