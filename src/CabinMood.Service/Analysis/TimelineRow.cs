using CabinMood.Core.Emotions;
using CabinMood.Core.Faces;
using CabinMood.Core.Moods;

namespace CabinMood.Service.Analysis;

/// <summary>One analysed frame or picture: numbers only.</summary>
/// <param name="Seconds">Time in the video, or the picture's number from 0.</param>
/// <param name="Presence">What was in the driver's zone.</param>
/// <param name="FaceBox">The driver's face in pixels; null without one.</param>
/// <param name="Reading">The expression; only meaningful with a face.</param>
/// <param name="Leading">The mood that leads now by the confidence margin; for pictures that of the picture alone.</param>
/// <param name="Margin">How far the first mood lies before the second now, as a difference of probabilities; null while nothing is known of the mood.</param>
/// <param name="Mood">The mood that has earned its evidence, as the service would publish it; for pictures unknown.</param>
/// <param name="Valence">Filtered valence; for pictures that of the picture alone.</param>
/// <param name="Arousal">Filtered arousal; likewise.</param>
public readonly record struct TimelineRow(
    double Seconds,
    FacePresence Presence,
    Box? FaceBox,
    EmotionReading Reading,
    Mood Leading,
    float? Margin,
    Mood Mood,
    float Valence,
    float Arousal)
{
    /// <summary>Whether there is a face and moods have been weighed, but none leads by <c>Moods:ConfidenceMargin</c>.</summary>
    public bool IsBelowMargin => Presence == FacePresence.Present && Leading == Mood.Unknown && Margin is not null;
}
