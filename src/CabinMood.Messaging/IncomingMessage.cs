namespace CabinMood.Messaging;

/// <summary>One message as it arrived. The bytes are a copy and belong to the receiver.</summary>
/// <param name="Topic">The topic it was published to.</param>
/// <param name="Payload">Its first <see cref="MaxKeptBytes"/>.</param>
/// <param name="Retained">The broker had kept it; it was not published just now.</param>
/// <param name="ResponseTopic">Where its sender wants the answer, if anywhere.</param>
/// <param name="CorrelationData">What its sender wants the answer to carry, if anything.</param>
public readonly record struct IncomingMessage(
    string Topic,
    ReadOnlyMemory<byte> Payload,
    bool Retained = false,
    string? ResponseTopic = null,
    ReadOnlyMemory<byte>? CorrelationData = null)
{
    /// <summary>The contract's limit, 16 KiB.</summary>
    public const int MaxPayloadBytes = 16 * 1024;

    /// <summary>What the shipped broker lets through: so much is looked at for the id of a command that is too large.</summary>
    public const int MaxKeptBytes = 64 * 1024;

    /// <summary>
    /// Ours: enough for any id, and a thousand of them, which are kept for second answers, take a megabyte. MQTT itself
    /// allows 64 KiB each.
    /// </summary>
    public const int MaxCorrelationBytes = 1024;

    /// <summary>It has more than <see cref="MaxPayloadBytes"/>.</summary>
    public bool IsTooLarge => Payload.Length > MaxPayloadBytes;

    /// <summary>It only removes what the broker kept for its topic, and says nothing besides.</summary>
    public bool IsClearing => Retained && Payload.IsEmpty;
}
