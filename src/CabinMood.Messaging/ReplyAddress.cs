namespace CabinMood.Messaging;

/// <summary>Where a command's sender wants its answer besides the reply topic [MQTT 5.0, 4.10].</summary>
/// <param name="ResponseTopic">The topic it named; one that <see cref="ResponseTopics"/> allow.</param>
/// <param name="CorrelationData">What it wants back with the answer; may be empty.</param>
public sealed record ReplyAddress(string ResponseTopic, ReadOnlyMemory<byte> CorrelationData);
