using CabinMood.Core.Safety;

namespace CabinMood.Core.Conductor.Publications;

/// <summary>The limiter topic: may the target change now, and if not, why and until when.</summary>
/// <param name="Utc">Wall time.</param>
/// <param name="Reason">Why it holds; null when it is open.</param>
/// <param name="Until">When the hold ends by itself, where that is known.</param>
/// <param name="ChangesLastHour">Mood-driven changes in the last hour.</param>
/// <param name="Text">The same in one short line for people.</param>
public sealed record LimiterPublication(
    DateTimeOffset Utc,
    HoldReason? Reason,
    DateTimeOffset? Until,
    int ChangesLastHour,
    string Text) : Publication(Utc);
