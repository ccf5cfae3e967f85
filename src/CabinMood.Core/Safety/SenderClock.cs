namespace CabinMood.Core.Safety;

/// <summary>A sender's clock that seems to have been set back, as seen in the first sample that it stamped.</summary>
/// <param name="Since">Monotonic arrival of that sample.</param>
/// <param name="Sent">Its stamp.</param>
public readonly record struct SenderClock(TimeSpan Since, DateTimeOffset Sent);
