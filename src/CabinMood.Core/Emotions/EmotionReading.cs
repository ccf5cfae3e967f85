namespace CabinMood.Core.Emotions;

/// <summary>What the perception side read from one aligned face.</summary>
/// <param name="Emotions">Calibrated probabilities, summing to 1.</param>
/// <param name="Valence">Unpleasant to pleasant, -1 to 1.</param>
/// <param name="Arousal">Inactive to active, -1 to 1.</param>
/// <param name="Quality">How far the reading can be trusted, 0 to 1.</param>
public readonly record struct EmotionReading(EmotionProbabilities Emotions, float Valence, float Arousal, float Quality)
{
    /// <summary>How much the mouth moves beyond the rest of the face, as in talking or chewing, 0 (at rest) to 1.</summary>
    public float MouthActivity { get; init; }
}
