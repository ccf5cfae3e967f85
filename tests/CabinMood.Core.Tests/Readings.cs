using CabinMood.Core.Emotions;
using CabinMood.Core.Faces;
using CabinMood.Core.Moods;

namespace CabinMood.Core.Tests;

/// <summary>Readings as a good emotion net would give them.</summary>
internal static class Readings
{
    public static EmotionReading Of(Mood mood, float quality = 1, float certainty = 0.9f)
    {
        var (emotion, valence, arousal) = mood switch
        {
            Mood.Happy => (Emotion.Happiness, 0.7f, 0.1f),
            Mood.Energetic => (Emotion.Happiness, 0.7f, 0.7f),
            Mood.Calm => (Emotion.Neutral, 0.1f, -0.5f),
            Mood.Sad => (Emotion.Sadness, -0.6f, -0.3f),
            Mood.Tense => (Emotion.Anger, -0.6f, 0.3f),
            _ => (Emotion.Neutral, 0f, 0f),
        };
        return Of(emotion, valence, arousal, quality, certainty);
    }

    public static EmotionReading Of(Emotion emotion, float valence, float arousal, float quality = 1, float certainty = 0.9f)
    {
        var emotions = default(EmotionProbabilities);
        for (var i = 0; i < EmotionProbabilities.Count; i++)
        {
            emotions[i] = (1 - certainty) / (EmotionProbabilities.Count - 1);
        }

        emotions[(int)emotion] = certainty;
        return new EmotionReading(emotions, valence, arousal, quality);
    }

    public static FaceObservation Face(Mood mood, float quality = 1) => new(FacePresence.Present, Of(mood, quality));
}
