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
    [InlineData(Emotion.Happiness, 0.54f, Mood.Happy)]
    [InlineData(Emotion.Happiness, 0.7f, Mood.Energetic)]
    [InlineData(Emotion.Surprise, 0.5f, Mood.Energetic)]
    [InlineData(Emotion.Surprise, 0.2f, Mood.Neutral)]
    [InlineData(Emotion.Neutral, 0.05f, Mood.Neutral)]
    [InlineData(Emotion.Neutral, -0.2f, Mood.Calm)]
    public void Each_emotion_has_its_mood(Emotion emotion, float arousal, Mood mood) =>
        Assert.Equal(mood, Top(new MoodOptions(), emotion, arousal));

    [Theory]
    [InlineData(Emotion.Disgust, Mood.Sad)]
    [InlineData(Emotion.Happiness, Mood.Happy)]
    [InlineData(Emotion.Sadness, Mood.Happy)]
    [InlineData(Emotion.Fear, Mood.Calm)]
    [InlineData(Emotion.Anger, Mood.Calm)]
    [InlineData(Emotion.Surprise, Mood.Energetic)]
    [InlineData(Emotion.Neutral, Mood.Energetic)]
    public void The_papers_table_is_the_papers(Emotion emotion, Mood mood)
    {
        foreach (var arousal in new[] { -0.9f, 0, 0.9f })
        {
            Assert.Equal(mood, Top(new MoodOptions { Profile = MoodProfile.Papers }, emotion, arousal));
        }
    }

    [Fact]
    public void One_configured_entry_leaves_the_others_alone()
    {
        var options = new MoodOptions();
        options.Table.Disgust.Mood = Mood.Sad;
        options.Table.Happiness.ActiveFrom = 0.4;
        Assert.Equal(Mood.Sad, Top(options, Emotion.Disgust, 0));
        Assert.Equal(Mood.Energetic, Top(options, Emotion.Happiness, 0.5f));
        Assert.Equal(Mood.Tense, Top(options, Emotion.Fear, 0));
    }

    [Fact]
    public void A_new_mood_without_bands_holds_at_any_arousal()
    {
        var options = new MoodOptions();
        options.Table.Neutral.Mood = Mood.Calm;
        Assert.Equal(Mood.Calm, Top(options, Emotion.Neutral, -0.9f));
        Assert.Equal(Mood.Calm, Top(options, Emotion.Neutral, 0.9f));
    }

    [Fact]
    public void At_a_bound_an_expression_counts_for_both_moods()
    {
        var moods = new MoodTable(new MoodOptions()).Map(EmotionProbabilities.Certain(Emotion.Happiness), 0.6f);
        Assert.Equal(0.5f, moods.Of(Mood.Happy), 1e-3);
        Assert.Equal(0.5f, moods.Of(Mood.Energetic), 1e-3);
    }

    [Theory]
    [InlineData(-1f)]
    [InlineData(0f)]
    [InlineData(0.5f)]
    [InlineData(1f)]
    public void No_probability_is_lost_on_the_way(float arousal)
    {
        var emotions = Readings.Of(Emotion.Surprise, 0, arousal, certainty: 0.3f).Emotions;
        var moods = new MoodTable(new MoodOptions()).Map(emotions, arousal);
        Assert.Equal(1, moods.Sum, 1e-5);
        Assert.Equal(0, moods.Of(Mood.Unknown));
    }

    [Fact]
    public void The_margin_is_the_distance_to_the_second()
    {
        var moods = default(PerMood);
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

    [Fact]
    public void An_entry_that_makes_no_sense_is_refused_by_name()
    {
        var options = new MoodOptions();
        options.Table.Anger.Mood = Mood.Unknown;
        options.Table.Neutral.QuietBelow = 0.5;
        options.Table.Neutral.ActiveFrom = 0.1;
        var errors = new List<ConfigurationError>();
        options.Validate(errors);
        Assert.Equal(["Moods:Table:Neutral:QuietBelow", "Moods:Table:Anger:Mood"], errors.Select(error => error.Key));
    }

    private static Mood Top(MoodOptions options, Emotion emotion, float arousal) =>
        new MoodTable(options).Map(EmotionProbabilities.Certain(emotion), arousal).Leader().Top;
}
