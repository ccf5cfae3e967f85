namespace CabinMood.Core.Emotions;

/// <summary>What the emotion net read from one aligned face.</summary>
/// <param name="Emotions">Calibrated probabilities, summing to 1.</param>
/// <param name="Valence">Unpleasant to pleasant, -1 to 1.</param>
/// <param name="Arousal">Inactive to active, -1 to 1.</param>
/// <param name="Quality">How far the reading can be trusted, 0 to 1.</param>
public readonly record struct EmotionReading(EmotionProbabilities Emotions, float Valence, float Arousal, float Quality);
