namespace CabinMood.Core.Songs;

/// <summary>A point of the valence/energy plane that music should be near.</summary>
/// <param name="Valence">0 to 1.</param>
/// <param name="Energy">0 to 1.</param>
public readonly record struct TargetPoint(float Valence, float Energy);
