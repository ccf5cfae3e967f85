using CabinMood.Core.Emotions;
using CabinMood.Core.Moods;

namespace CabinMood.Core.Tests.Moods;

public class MoodTableTests
{
    [Theory]
    [InlineData(Emotion.Anger, 0, Mood.Tense)]
    [InlineData(Emotion.Fear, 0, Mood.Tense)]
    [InlineData(Emotion.Disgust, 0, Mood.Tense)]
    [InlineData(Emotion.Contempt, 0, Mood.Tense)]
    [InlineData(Emotion.Sadness, 0.9f, Mood.Sad)]
    [InlineData(Emotion.Happiness, 0.59f, Mood.Happy)]
    [InlineData(Emotion.Happiness, 0.6f, Mood.Energetic)]
    [InlineData(Emotion.Surprise, 0.6f, Mood.Energetic)]
    [InlineData(Emotion.Surprise, 0, Mood.Neutral)]
    [InlineData(Emotion.Neutral, 0, Mood.Neutral)]
    [InlineData(Emotion.Neutral, -0.2f, Mood.Calm)]
    public void Each_emotion_has_its_mood(Emotion emotion, float arousal, Mood mood)
    {
        var moods = MoodTable.Map(EmotionProbabilities.Certain(emotion), arousal, new MoodOptions());
        Assert.Equal((mood, 1f), moods.Leader());
    }

    [Fact]
    public void No_probability_is_lost_on_the_way()
    {
        var emotions = Readings.Of(Emotion.Surprise, 0, 0.5f, certainty: 0.3f).Emotions;
        var moods = MoodTable.Map(emotions, 0.5f, new MoodOptions());
        var sum = 0f;
        foreach (var probability in moods)
        {
            sum += probability;
        }

        Assert.Equal(1, sum, 5);
        Assert.Equal(0, moods.Of(Mood.Unknown));
    }

    [Fact]
    public void The_margin_is_the_distance_to_the_second()
    {
        var moods = default(MoodProbabilities);
        moods.Add(Mood.Tense, 0.5f);
        moods.Add(Mood.Happy, 0.3f);
        moods.Add(Mood.Sad, 0.2f);
        var (top, margin) = moods.Leader();
        Assert.Equal(Mood.Tense, top);
        Assert.Equal(0.2f, margin, 5);
    }

    [Fact]
    public void Default_options_are_valid_and_what_is_no_number_is_not()
    {
        var errors = new List<ConfigurationError>();
        new MoodOptions().Validate(errors);
        Assert.Empty(errors);
        new MoodOptions { EvidenceSeconds = double.NaN }.Validate(errors);
        Assert.Equal("Moods:EvidenceSeconds", Assert.Single(errors).Key);
    }
}
