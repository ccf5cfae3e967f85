namespace CabinMood.Core.Conductor.Publications;

/// <summary>The song topic's retained message is to be removed: it told of what the camera saw, and nothing may replace it now.</summary>
/// <param name="Utc">Wall time.</param>
public sealed record SongForgotten(DateTimeOffset Utc) : Publication(Utc);
