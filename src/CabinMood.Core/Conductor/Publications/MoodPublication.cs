using CabinMood.Core.Emotions;
using CabinMood.Core.Faces;
using CabinMood.Core.Moods;

namespace CabinMood.Core.Conductor.Publications;

/// <summary>The mood topic.</summary>
/// <param name="Utc">Wall time.</param>
/// <param name="Mood">The mood, or unknown.</param>
/// <param name="Valence">Smoothed, -1 to 1.</param>
/// <param name="Arousal">Smoothed, -1 to 1.</param>
/// <param name="Confidence">0 to 1.</param>
/// <param name="Since">Wall time since which the mood has been this one.</param>
/// <param name="Face">What is in the driver's zone.</param>
/// <param name="Emotions">Smoothed probabilities; null unless publishing them is configured.</param>
public sealed record MoodPublication(
    DateTimeOffset Utc,
    Mood Mood,
    float Valence,
    float Arousal,
    float Confidence,
    DateTimeOffset Since,
    FacePresence Face,
    EmotionProbabilities? Emotions) : Publication(Utc);
