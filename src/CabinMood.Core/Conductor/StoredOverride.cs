using CabinMood.Core.Moods;

namespace CabinMood.Core.Conductor;

/// <summary>An override as it is stored.</summary>
/// <param name="CommandId">Who asked, so that a newer one can supersede it.</param>
/// <param name="Mood">The wish.</param>
/// <param name="UntilUtc">When it ends; null when it lasts for the trip.</param>
public sealed record StoredOverride(string CommandId, Mood Mood, DateTimeOffset? UntilUtc);
