using CabinMood.Core.Emotions;

namespace CabinMood.Core.Moods;

/// <summary>From emotions and arousal to moods.</summary>
public static class MoodTable
{
    /// <summary>
    /// Anger, fear, disgust and contempt are tense; sadness is sad; happiness is happy, or energetic when aroused;
    /// surprise is energetic when aroused, else neutral; neutral is calm when arousal is low.
    /// </summary>
    /// <param name="emotions">Probabilities, already smoothed over time.</param>
    /// <param name="arousal">-1 to 1, already smoothed over time.</param>
    /// <param name="options">Where aroused and calm begin.</param>
    public static MoodProbabilities Map(in EmotionProbabilities emotions, float arousal, MoodOptions options)
    {
        var aroused = arousal >= options.EnergeticArousal;
        var moods = default(MoodProbabilities);
        moods.Add(Mood.Tense, emotions.Of(Emotion.Anger) + emotions.Of(Emotion.Fear) + emotions.Of(Emotion.Disgust) + emotions.Of(Emotion.Contempt));
        moods.Add(Mood.Sad, emotions.Of(Emotion.Sadness));
        moods.Add(aroused ? Mood.Energetic : Mood.Happy, emotions.Of(Emotion.Happiness));
        moods.Add(aroused ? Mood.Energetic : Mood.Neutral, emotions.Of(Emotion.Surprise));
        moods.Add(arousal < options.CalmArousal ? Mood.Calm : Mood.Neutral, emotions.Of(Emotion.Neutral));
        return moods;
    }
}
