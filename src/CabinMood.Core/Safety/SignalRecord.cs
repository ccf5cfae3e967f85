namespace CabinMood.Core.Safety;

/// <summary>What is known about one vehicle signal.</summary>
public readonly record struct SignalRecord
{
    /// <summary>The last valid value, in the signal's unit; null when there never was one. See <see cref="IsDoubted"/>.</summary>
    public double? Value { get; init; }

    /// <summary>Monotonic arrival of <see cref="Value"/>.</summary>
    public TimeSpan ArrivedAt { get; init; }

    /// <summary>The latest stamp of the sender's that is believed; it only orders samples.</summary>
    public DateTimeOffset? Sent { get; init; }

    /// <summary>What the sender's clock would be if it was set back; null while samples come in order.</summary>
    public SenderClock? EarlierClock { get; init; }

    /// <summary>
    /// The value was kept by the broker, came out of order, or its source has since died or talked nonsense: it can
    /// freeze, never release.
    /// </summary>
    public bool IsDoubted { get; init; }

    /// <summary>Samples that were unreadable, absurd or out of order since the start.</summary>
    public long Refused { get; init; }

    /// <summary>The source's availability topic says online.</summary>
    public bool SourceIsOnline { get; init; }
}
