using CabinMood.Core.Emotions;

namespace CabinMood.Messaging.Payloads;

/// <summary>The eight probabilities, 0 to 1, in the mood topic.</summary>
public sealed record EmotionsPayload(
    double Neutral,
    double Happiness,
    double Surprise,
    double Sadness,
    double Anger,
    double Disgust,
    double Fear,
    double Contempt)
{
    /// <summary>From the conductor's words to the contract's.</summary>
    public static EmotionsPayload From(in EmotionProbabilities emotions) => new(
        PayloadFormat.Number(emotions.Of(Emotion.Neutral)),
        PayloadFormat.Number(emotions.Of(Emotion.Happiness)),
        PayloadFormat.Number(emotions.Of(Emotion.Surprise)),
        PayloadFormat.Number(emotions.Of(Emotion.Sadness)),
        PayloadFormat.Number(emotions.Of(Emotion.Anger)),
        PayloadFormat.Number(emotions.Of(Emotion.Disgust)),
        PayloadFormat.Number(emotions.Of(Emotion.Fear)),
        PayloadFormat.Number(emotions.Of(Emotion.Contempt)));
}
