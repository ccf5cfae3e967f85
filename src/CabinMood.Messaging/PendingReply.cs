namespace CabinMood.Messaging;

/// <summary>A reply that the broker has not acknowledged yet.</summary>
/// <param name="topic">Where it goes.</param>
/// <param name="payload">What it says.</param>
/// <param name="correlationData">What the asker wants back; null when it asked for nothing.</param>
internal sealed class PendingReply(string topic, byte[] payload, ReadOnlyMemory<byte>? correlationData)
{
    internal string Topic { get; } = topic;

    internal byte[] Payload { get; } = payload;

    internal ReadOnlyMemory<byte>? CorrelationData { get; } = correlationData;

    /// <summary>Its message id in the present connection; null while it has not been sent there.</summary>
    internal int? Mid { get; set; }
}
