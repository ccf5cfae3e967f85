namespace CabinMood.Core.Conductor;

/// <summary>A rate limit that lives in replayable state: tokens come back with time, each use takes one.</summary>
/// <param name="Tokens">What is left.</param>
/// <param name="CountedAt">Monotonic time at which it was counted.</param>
public readonly record struct TokenBucket(double Tokens, TimeSpan CountedAt)
{
    /// <summary>Takes a token if there is one. Holds at most as many as come back in a second.</summary>
    public bool TryTake(TimeSpan now, double perSecond, out TokenBucket rest)
    {
        var back = Math.Max(0, (now - CountedAt).TotalSeconds) * perSecond;
        var tokens = Math.Min(perSecond, Tokens + back);
        var isFree = tokens >= 1;
        rest = new TokenBucket(isFree ? tokens - 1 : tokens, now);
        return isFree;
    }
}
