namespace CabinMood.Core.Conductor;

/// <summary>What the head unit's player is doing.</summary>
/// <param name="Source">Whose music it is.</param>
/// <param name="ChoiceId">The choice being played; null when the driver plays something else.</param>
/// <param name="State">Playing, paused or stopped.</param>
/// <param name="PositionMs">Position in the track, milliseconds; null when not told.</param>
/// <param name="RemainingMs">What is left of the track, milliseconds; null when not told.</param>
public sealed record PlayerReport(
    PlayerSource Source,
    string? ChoiceId,
    PlayerState State,
    long? PositionMs,
    long? RemainingMs);
