using CabinMood.Core.Emotions;

namespace CabinMood.Core.Faces;

/// <summary>
/// All that leaves the perception side for one analysed frame: numbers, never a picture, landmarks or an embedding.
/// </summary>
/// <param name="Presence">What was in the driver's zone.</param>
/// <param name="Reading">The expression; only meaningful when <paramref name="Presence"/> is <see cref="FacePresence.Present"/>.</param>
public readonly record struct FaceObservation(FacePresence Presence, EmotionReading Reading)
{
    /// <summary>Nobody in the zone.</summary>
    public static FaceObservation Absent { get; } = new(FacePresence.Absent, default);

    /// <summary>The view is blocked.</summary>
    public static FaceObservation Obscured { get; } = new(FacePresence.Obscured, default);
}
