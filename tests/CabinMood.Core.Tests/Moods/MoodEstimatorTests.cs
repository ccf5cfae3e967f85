using CabinMood.Core.Emotions;
using CabinMood.Core.Moods;

namespace CabinMood.Core.Tests.Moods;

public class MoodEstimatorTests
{
    private static readonly MoodOptions Options = new();
    private static readonly MoodEstimator Estimator = new(Options);

    [Theory]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(30)]
    public void A_mood_counts_after_twenty_seconds_of_agreement_at_any_frame_rate(double hertz)
    {
        var settled = SecondsUntil(Mood.Happy, hertz, Mood.Happy);
        // The filter itself needs a moment to believe what it sees.
        Assert.InRange(settled, 20 - 1e-6, 23);
    }

    [Fact]
    public void Five_and_thirty_hertz_find_a_change_of_mood_at_the_same_time()
    {
        var slow = SecondsUntil(Mood.Tense, 5, Mood.Tense, after: (Mood.Happy, 60));
        var fast = SecondsUntil(Mood.Tense, 30, Mood.Tense, after: (Mood.Happy, 60));
        Assert.InRange(Math.Abs(slow - fast), 0, 0.2 + 1e-6);
        Assert.InRange(slow, 20, 25);
    }

    [Fact]
    public void Readings_of_low_quality_never_make_a_mood()
    {
        var estimate = Feed(MoodEstimate.None, 0, 300, 10, Readings.Of(Mood.Happy, quality: 0.49f));
        Assert.Equal(Mood.Unknown, estimate.Mood);
        Assert.Equal(0, estimate.AgreeingSeconds);
    }

    [Fact]
    public void A_flicker_does_not_change_a_mood()
    {
        var estimate = Feed(MoodEstimate.None, 0, 40, 10, Readings.Of(Mood.Happy));
        estimate = Feed(estimate, 40, 3, 10, Readings.Of(Mood.Tense));
        estimate = Feed(estimate, 43, 20, 10, Readings.Of(Mood.Happy));
        Assert.Equal(Mood.Happy, estimate.Mood);
    }

    [Fact]
    public void Readings_that_do_not_agree_are_unknown()
    {
        // As likely by Bayes' rule: a probability counts by how often the net has seen the expression, and at this arousal
        // all happy faces are in one of the two bands of happiness.
        var prior = EmotionCalibration.Prior;
        var happier = prior[(int)Emotion.Happiness] / (2 * prior[(int)Emotion.Sadness]);
        var divided = Readings.Of(Emotion.Happiness, 0, 0, certainty: 0.45f);
        var emotions = divided.Emotions;
        for (var i = 0; i < EmotionProbabilities.Count; i++)
        {
            emotions[i] = i == (int)Emotion.Happiness ? 0.9f * happier / (1 + happier) : i == (int)Emotion.Sadness ? 0.9f / (1 + happier) : 0.1f / 6;
        }

        // Without the resting face, which would find one of the two more unusual than the other.
        var estimator = new MoodEstimator(new MoodOptions { RestingMaxLogOdds = 0, RestingSharpness = 0, RestingMaxArousal = 0 });
        var estimate = MoodEstimate.None;
        for (var i = 0; i < 600; i++)
        {
            estimate = estimator.Read(estimate, new EmotionReading(emotions, 0, 0, 1), At(i / 10.0));
        }

        Assert.Equal(Mood.Unknown, estimate.Mood);
        Assert.Equal(Mood.Unknown, estimate.Candidate);
    }

    [Fact]
    public void A_mood_that_nothing_supports_any_more_becomes_unknown_and_must_be_earned_anew()
    {
        var estimate = Feed(MoodEstimate.None, 0, 40, 10, Readings.Of(Mood.Happy));
        estimate = Estimator.Lapse(estimate, At(60.5));
        Assert.Equal(Mood.Unknown, estimate.Mood);
        Assert.Equal(At(60.5), estimate.Since);

        estimate = Estimator.Read(estimate, Readings.Of(Mood.Happy), At(61));
        Assert.Equal(Mood.Unknown, estimate.Mood);
    }

    [Fact]
    public void A_mood_seen_only_badly_for_long_must_be_earned_anew()
    {
        var estimate = Feed(MoodEstimate.None, 0, 40, 10, Readings.Of(Mood.Happy));
        estimate = Feed(estimate, 40, 25, 10, Readings.Of(Mood.Happy, quality: 0.3f));
        Assert.Equal(Mood.Unknown, estimate.Mood);

        estimate = Feed(estimate, 65, 10, 10, Readings.Of(Mood.Happy));
        Assert.Equal(Mood.Unknown, estimate.Mood);
        estimate = Feed(estimate, 75, 11, 10, Readings.Of(Mood.Happy));
        Assert.Equal(Mood.Happy, estimate.Mood);
    }

    [Fact]
    public void Evidence_from_before_a_long_absence_does_not_count()
    {
        var estimate = Feed(MoodEstimate.None, 0, 15, 10, Readings.Of(Mood.Happy));
        estimate = Feed(estimate, 600, 15, 10, Readings.Of(Mood.Happy));
        Assert.Equal(Mood.Unknown, estimate.Mood);
    }

    [Fact]
    public void A_glance_into_the_mirror_costs_no_evidence()
    {
        var estimate = Feed(MoodEstimate.None, 0, 15, 10, Readings.Of(Mood.Happy));
        estimate = Feed(estimate, 17, 6, 10, Readings.Of(Mood.Happy));
        Assert.Equal(Mood.Happy, estimate.Mood);
    }

    [Fact]
    public void Single_readings_with_long_pauses_do_not_count_the_pauses()
    {
        var estimate = Feed(MoodEstimate.None, 0, 30, 0.2, Readings.Of(Mood.Happy));
        Assert.InRange(estimate.AgreeingSeconds, 0, 30 * 0.2 * Options.MaxGapSeconds + 1e-6);
    }

    [Theory]
    [InlineData(float.NaN, 0, 1)]
    [InlineData(0, float.NaN, 1)]
    [InlineData(0, 0, float.NaN)]
    [InlineData(float.PositiveInfinity, 0, 1)]
    [InlineData(0, -2, 1)]
    [InlineData(0, 0, float.PositiveInfinity)]
    public void Readings_that_are_no_numbers_are_ignored(float valence, float arousal, float quality)
    {
        var before = Feed(MoodEstimate.None, 0, 30, 10, Readings.Of(Mood.Happy));
        var after = Estimator.Read(before, new EmotionReading(EmotionProbabilities.Certain(Emotion.Anger), valence, arousal, quality), At(30));
        Assert.Equal(before, after);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(-0.5f)]
    [InlineData(0.5f)]
    public void Probabilities_that_are_none_are_ignored(float wrong)
    {
        var emotions = EmotionProbabilities.Certain(Emotion.Anger);
        emotions[0] = wrong;
        Assert.Equal(MoodEstimate.None, Estimator.Read(MoodEstimate.None, new EmotionReading(emotions, 0, 0, 1), At(1)));
    }

    [Fact]
    public void A_talking_mouth_makes_no_mood()
    {
        var talking = Readings.Of(Mood.Happy) with { MouthActivity = 0.8f };
        Assert.Equal(Mood.Unknown, Feed(MoodEstimate.None, 0, 300, 10, talking).Mood);
    }

    [Fact]
    public void Evidence_from_before_a_long_talk_does_not_count_after_it()
    {
        var talking = Readings.Of(Mood.Tense) with { MouthActivity = 0.7f };
        var angry = Feed(MoodEstimate.None, 0, 19, 10, Readings.Of(Mood.Tense));
        var talked = Feed(angry, 19, 900, 10, talking);
        Assert.Equal(Mood.Unknown, Feed(talked, 919, 10, 10, Readings.Of(Mood.Tense)).Mood);
    }

    [Fact]
    public void A_few_words_take_no_mood_away()
    {
        var estimate = Feed(MoodEstimate.None, 0, 40, 10, Readings.Of(Mood.Neutral));
        estimate = Feed(estimate, 40, 15, 10, Readings.Of(Mood.Tense) with { MouthActivity = 0.9f });
        Assert.Equal(Mood.Neutral, estimate.Mood);
        Assert.Equal(Mood.Neutral, estimate.Candidate);
    }

    [Fact]
    public void A_doubtful_moment_does_not_undo_what_was_agreed_on_before()
    {
        var estimate = Feed(MoodEstimate.None, 0, 40, 10, Readings.Of(Mood.Neutral));
        estimate = Feed(estimate, 40, 15, 10, Readings.Of(Mood.Happy));
        estimate = Feed(estimate, 55, 3, 10, Readings.Of(Mood.Neutral));
        Assert.Equal(Mood.Neutral, estimate.Mood);
        estimate = Feed(estimate, 58, 15, 10, Readings.Of(Mood.Happy));
        Assert.Equal(Mood.Happy, estimate.Mood);
    }

    [Fact]
    public void The_plain_majority_vote_counts_readings_and_nothing_else()
    {
        var majority = new MoodEstimator(new MoodOptions { Filter = MoodFilterKind.Majority });
        var estimate = MoodEstimate.None;
        for (var i = 0; i < 400; i++)
        {
            // Two readings in three are happy; how sure each of them is does not matter.
            var reading = i % 3 == 0 ? Readings.Of(Mood.Tense, certainty: 0.99f) : Readings.Of(Mood.Happy, certainty: 0.4f);
            estimate = majority.Read(estimate, reading, At(i / 10.0));
        }

        Assert.Equal(Mood.Happy, estimate.Mood);
        Assert.Equal(2 / 3f, estimate.Confidence, 0.02f);
        Assert.Equal(20, estimate.Votes!.Seconds, 0.15f);
    }

    [Fact]
    public void A_first_reading_of_no_quality_is_not_taken_at_its_word()
    {
        var estimate = Estimator.Read(MoodEstimate.None, Readings.Of(Mood.Tense, quality: 0), At(0));
        estimate = Feed(estimate, 0.1, 4, 10, Readings.Of(Mood.Happy));
        Assert.Equal(Mood.Happy, estimate.Candidate);
    }

    private static double SecondsUntil(Mood wanted, double hertz, Mood seen, (Mood Mood, double Seconds)? after = null)
    {
        var estimate = MoodEstimate.None;
        var start = 0.0;
        if (after is { } before)
        {
            estimate = Feed(estimate, 0, before.Seconds, hertz, Readings.Of(before.Mood));
            start = before.Seconds;
        }

        for (var i = 0; i < 100 * hertz; i++)
        {
            estimate = Estimator.Read(estimate, Readings.Of(seen), At(start + i / hertz));
            if (estimate.Mood == wanted)
            {
                return i / hertz;
            }
        }

        return double.PositiveInfinity;
    }

    private static MoodEstimate Feed(MoodEstimate estimate, double start, double seconds, double hertz, EmotionReading reading)
    {
        for (var i = 0; i < seconds * hertz; i++)
        {
            estimate = Estimator.Read(estimate, reading, At(start + i / hertz));
        }

        return estimate;
    }

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);
}
