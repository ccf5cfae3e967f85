using CabinMood.Core.Emotions;
using CabinMood.Core.Moods;

namespace CabinMood.Core.Tests.Moods;

public class BayesFilterTests
{
    private static readonly MoodOptions Options = new();
    private static readonly BayesFilter Filter = new(Options, new MoodTable(Options));

    [Theory]
    [InlineData(1ul)]
    [InlineData(2ul)]
    [InlineData(3ul)]
    public void It_agrees_with_a_plain_forward_algorithm(ulong seed)
    {
        var moods = default(PerMood);
        var plain = PlainForward.Start(Options.RestingShare);
        for (var i = 0; i < 2000; i++)
        {
            var reading = Draw(ref seed);
            var seconds = SplitMix64.NextFraction(ref seed);
            moods = Filter.Step(moods, reading.Emotions, reading.Arousal, (float)seconds, reading.Quality);
            plain = PlainForward.Step(plain, reading, (float)seconds, reading.Quality, Options);
            if (i == 0)
            {
                // The first reading meets a driver about whom nothing is known: no time has passed in which a mood could end.
                plain = PlainForward.Step(PlainForward.Start(Options.RestingShare), reading, (float)seconds, reading.Quality, Options);
            }

            for (var mood = 1; mood < PerMood.Count; mood++)
            {
                Assert.Equal(plain[mood - 1], moods[mood], 1e-4);
            }
        }
    }

    [Fact]
    public void Probabilities_sum_to_one_whatever_is_read()
    {
        var seed = 9ul;
        var moods = default(PerMood);
        for (var i = 0; i < 10_000; i++)
        {
            var reading = Draw(ref seed);
            moods = Filter.Step(moods, reading.Emotions, reading.Arousal, (float)(SplitMix64.NextFraction(ref seed) * 3), reading.Quality);
            Assert.Equal(1, moods.Sum, 1e-4);
            Assert.Equal(0, moods.Of(Mood.Unknown));
        }
    }

    [Fact]
    public void Passing_time_in_two_steps_or_in_one_is_the_same()
    {
        var moods = default(PerMood);
        moods.Add(Mood.Sad, 0.8f);
        moods.Add(Mood.Happy, 0.2f);
        var whole = Filter.Predict(moods, 30);
        var halves = Filter.Predict(Filter.Predict(moods, 10), 20);
        for (var mood = 1; mood < PerMood.Count; mood++)
        {
            Assert.Equal(whole[mood], halves[mood], 1e-5);
        }
    }

    [Fact]
    public void Without_readings_every_mood_fades_into_what_is_usual()
    {
        var moods = default(PerMood);
        moods.Add(Mood.Tense, 1);
        moods = Filter.Predict(moods, 3600);
        for (var mood = 1; mood < PerMood.Count; mood++)
        {
            Assert.Equal(Filter.Usual[mood], moods[mood], 1e-5);
        }
    }

    [Fact]
    public void Quality_weighs_a_reading_and_does_not_stretch_its_time()
    {
        var sad = Readings.Of(Mood.Sad);
        var full = Filter.Step(Filter.Usual, sad.Emotions, sad.Arousal, 0.5f, 1);
        var half = Filter.Step(Filter.Usual, sad.Emotions, sad.Arousal, 0.5f, 0.5f);
        var none = Filter.Step(Filter.Usual, sad.Emotions, sad.Arousal, 0.5f, 0);
        Assert.True(full.Of(Mood.Sad) > half.Of(Mood.Sad));
        Assert.True(half.Of(Mood.Sad) > none.Of(Mood.Sad));
        // A reading that counts for nothing still lets the time pass, all of it.
        Assert.Equal(Filter.Predict(Filter.Usual, 0.5f).Of(Mood.Sad), none.Of(Mood.Sad), 1e-6);
    }

    [Fact]
    public void A_class_that_is_frequent_in_the_training_pictures_is_no_more_likely_for_that()
    {
        // What the net says of every picture when it has learned nothing but how frequent each class is.
        var ignorant = EmotionProbabilities.From(EmotionCalibration.Prior);
        var moods = Filter.Usual;
        for (var i = 0; i < 600; i++)
        {
            moods = Filter.Step(moods, ignorant, 0.5f, 0.1f, 1);
        }

        // Happy and energetic share their expressions by arousal; the others have nothing to say.
        Assert.Equal(moods.Of(Mood.Sad), moods.Of(Mood.Tense), 1e-4);
    }

    private static EmotionReading Draw(ref ulong seed)
    {
        Span<float> values = stackalloc float[EmotionProbabilities.Count];
        var sum = 0f;
        foreach (ref var value in values)
        {
            // Peaked, as a net's answers are.
            value = MathF.Pow((float)SplitMix64.NextFraction(ref seed), 6) + 1e-6f;
            sum += value;
        }

        foreach (ref var value in values)
        {
            value /= sum;
        }

        var arousal = (float)(SplitMix64.NextFraction(ref seed) * 2 - 1);
        return new EmotionReading(EmotionProbabilities.From(values), 0, arousal, (float)SplitMix64.NextFraction(ref seed));
    }
}
