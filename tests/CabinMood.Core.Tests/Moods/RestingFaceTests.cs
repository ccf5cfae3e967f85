using CabinMood.Core.Emotions;
using CabinMood.Core.Moods;

namespace CabinMood.Core.Tests.Moods;

public class RestingFaceTests
{
    private static readonly MoodOptions Options = new();

    [Fact]
    public void A_stern_resting_face_does_not_read_as_sad_all_hour()
    {
        var estimate = Drive(Face(0.42f, 0.52f), 600);
        Assert.Equal(Mood.Neutral, estimate.Candidate);
        Assert.True(estimate.Resting.QuietSeconds > 60, $"only {estimate.Resting.QuietSeconds} s were taken for quiet");
    }

    [Fact]
    public void A_plainly_sad_hour_stays_sad()
    {
        var estimate = Drive(Face(0.04f, 0.94f), 3600);
        Assert.Equal(Mood.Sad, estimate.Mood);
    }

    [Fact]
    public void A_plainly_angry_hour_stays_tense()
    {
        var angry = Readings.Of(Emotion.Anger, -0.6f, 0.5f, certainty: 0.9f);
        Assert.Equal(Mood.Tense, Drive(angry, 3600).Mood);
    }

    [Theory]
    [InlineData(Emotion.Happiness, 0.80f, Mood.Happy)]
    [InlineData(Emotion.Anger, 0.70f, Mood.Tense)]
    [InlineData(Emotion.Sadness, 0.75f, Mood.Sad)]
    public void A_mood_that_lasts_from_the_first_second_is_not_taken_for_the_face_at_rest(Emotion emotion, float share, Mood mood)
    {
        var estimate = Drive(Face(emotion, share), 1800);
        Assert.Equal(mood, estimate.Mood);
    }

    [Theory]
    [InlineData(Emotion.Happiness, 0.80f, Mood.Happy)]
    [InlineData(Emotion.Anger, 0.70f, Mood.Tense)]
    public void A_mood_that_follows_quiet_minutes_is_found_and_kept(Emotion emotion, float share, Mood mood)
    {
        var quiet = Drive(Face(0.9f, 0.07f), 200);
        Assert.Equal(mood, Drive(Face(emotion, share), 40, quiet).Mood);
        Assert.Equal(mood, Drive(Face(emotion, share), 1800, quiet).Mood);
    }

    [Fact]
    public void A_driver_who_rests_sternly_and_then_is_sad_is_found_sad()
    {
        var estimate = Drive(Face(0.6f, 0.33f), 900);
        Assert.Equal(Mood.Neutral, estimate.Mood);
        estimate = Drive(Face(0.04f, 0.94f), 30, estimate);
        Assert.Equal(Mood.Sad, estimate.Mood);
    }

    [Fact]
    public void The_correction_has_a_bound_however_long_it_learns()
    {
        var stern = Face(0.5f, 0.45f);
        var resting = default(RestingFace);
        for (var i = 0; i < 100_000; i++)
        {
            resting = resting.Learn(stern.Emotions, 0, 1, Options);
        }

        var corrected = resting.Correct(stern.Emotions, Options);
        var before = MathF.Log(stern.Emotions.Of(Emotion.Sadness) / stern.Emotions.Of(Emotion.Neutral));
        var after = MathF.Log(corrected.Of(Emotion.Sadness) / corrected.Of(Emotion.Neutral));
        Assert.InRange(before - after, 0, Options.RestingMaxLogOdds);
    }

    [Fact]
    public void Without_anything_learned_nothing_is_corrected()
    {
        var face = Face(0.5f, 0.45f).Emotions;
        var corrected = default(RestingFace).Correct(face, Options);
        for (var i = 0; i < EmotionProbabilities.Count; i++)
        {
            Assert.Equal(face[i], corrected[i], 1e-4);
        }
    }

    [Fact]
    public void It_survives_a_long_look_away_within_the_trip()
    {
        var estimator = new MoodEstimator(Options);
        var estimate = Drive(Face(0.6f, 0.33f), 300);
        var later = estimator.Read(estimate, Face(0.6f, 0.33f), estimate.ReadAt!.Value + TimeSpan.FromMinutes(5));
        Assert.Equal(Mood.Unknown, later.Mood);
        Assert.Equal(estimate.Resting.QuietSeconds, later.Resting.QuietSeconds, 0.5f);
    }

    // Most of what is left is neutral.
    private static EmotionReading Face(Emotion emotion, float share)
    {
        var emotions = default(EmotionProbabilities);
        emotions[(int)emotion] = share;
        emotions[(int)Emotion.Neutral] = (1 - share) * 0.8f;
        emotions[(int)Emotion.Surprise] = (1 - share) * 0.2f;
        return new EmotionReading(emotions, 0, emotion == Emotion.Sadness ? -0.2f : 0.45f, 0.9f);
    }

    private static EmotionReading Face(float neutral, float sadness)
    {
        var emotions = default(EmotionProbabilities);
        for (var i = 0; i < EmotionProbabilities.Count; i++)
        {
            emotions[i] = (1 - neutral - sadness) / 6;
        }

        emotions[(int)Emotion.Neutral] = neutral;
        emotions[(int)Emotion.Sadness] = sadness;
        return new EmotionReading(emotions, -0.2f, 0, 1);
    }

    private static MoodEstimate Drive(EmotionReading reading, double seconds, MoodEstimate estimate = default)
    {
        var estimator = new MoodEstimator(Options);
        var start = estimate.ReadAt ?? TimeSpan.Zero;
        for (var i = 1; i <= seconds * 5; i++)
        {
            estimate = estimator.Read(estimate, reading, start + TimeSpan.FromSeconds(i / 5.0));
        }

        return estimate;
    }
}
