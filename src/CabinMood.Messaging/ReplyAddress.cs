namespace CabinMood.Messaging;

/// <summary>Where a command's sender wants its answer besides the reply topic [MQTT 5.0, 4.10].</summary>
/// <param name="ResponseTopic">The topic it named.</param>
/// <param name="CorrelationData">What it wants back with the answer; may be empty.</param>
public sealed record ReplyAddress(string ResponseTopic, ReadOnlyMemory<byte> CorrelationData)
{
    /// <summary>The address that a message names; null when it names none that may be answered to.</summary>
    public static ReplyAddress? Of(in IncomingMessage message) =>
        message.ResponseTopic is { } topic && Topics.MayAnswerTo(topic)
            ? new ReplyAddress(topic, message.CorrelationData ?? ReadOnlyMemory<byte>.Empty)
            : null;
}
