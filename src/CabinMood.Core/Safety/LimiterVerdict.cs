namespace CabinMood.Core.Safety;

/// <summary>The limiter's answer.</summary>
/// <param name="Hold">Why nothing may change; null when it may.</param>
/// <param name="Until">Monotonic time at which this hold ends by itself, where that is known.</param>
public readonly record struct LimiterVerdict(HoldReason? Hold, TimeSpan? Until = null)
{
    /// <summary>A change may happen.</summary>
    public static LimiterVerdict Open { get; } = new(null);
}
