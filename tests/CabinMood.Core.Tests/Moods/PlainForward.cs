using CabinMood.Core.Emotions;
using CabinMood.Core.Moods;

namespace CabinMood.Core.Tests.Moods;

/// <summary>
/// The forward algorithm as a textbook writes it, in doubles and with a transition matrix: the plain twin of
/// <see cref="BayesFilter"/>.
/// </summary>
internal static class PlainForward
{
    // In the order of Mood without Unknown: happy, energetic, calm, neutral, sad, tense.
    private const int States = 6;

    public static double[] Start(double restingShare) =>
        [(1 - restingShare) / 4, (1 - restingShare) / 4, restingShare / 2, restingShare / 2, (1 - restingShare) / 4, (1 - restingShare) / 4];

    public static double[] Step(double[] before, EmotionReading reading, double seconds, double weight, MoodOptions options)
    {
        var usual = Start(options.RestingShare);
        var stay = Math.Exp(-seconds / options.DwellSeconds);
        var after = new double[States];
        for (var to = 0; to < States; to++)
        {
            for (var from = 0; from < States; from++)
            {
                after[to] += before[from] * ((from == to ? stay : 0) + (1 - stay) * usual[to]);
            }
        }

        var likelihood = Likelihood(reading);
        var best = likelihood.Max();
        for (var i = 0; i < States; i++)
        {
            after[i] *= Math.Pow(Math.Max(likelihood[i] / best, 0.02), weight * seconds / options.IndependenceSeconds);
        }

        var sum = after.Sum();
        return [.. after.Select(value => value / sum)];
    }

    // The default table, written out.
    private static double[] Likelihood(EmotionReading reading)
    {
        double P(Emotion emotion) => reading.Emotions.Of(emotion);
        double Prior(Emotion emotion) => EmotionCalibration.Prior[(int)emotion];
        double Over(double bound) => 1 / (1 + Math.Exp(-(reading.Arousal - bound) / 0.05));
        var (smile, surprise, quiet) = (Over(0.6), Over(0.4), 1 - Over(-0.1));
        return
        [
            P(Emotion.Happiness) * (1 - smile) / (Prior(Emotion.Happiness) / 2),
            (P(Emotion.Happiness) * smile + P(Emotion.Surprise) * surprise) / (Prior(Emotion.Happiness) / 2 + Prior(Emotion.Surprise) / 2),
            P(Emotion.Neutral) * quiet / (Prior(Emotion.Neutral) / 2),
            (P(Emotion.Neutral) * (1 - quiet) + P(Emotion.Surprise) * (1 - surprise)) / (Prior(Emotion.Neutral) / 2 + Prior(Emotion.Surprise) / 2),
            P(Emotion.Sadness) / Prior(Emotion.Sadness),
            (P(Emotion.Anger) + P(Emotion.Fear) + P(Emotion.Disgust) + P(Emotion.Contempt))
                / (Prior(Emotion.Anger) + Prior(Emotion.Fear) + Prior(Emotion.Disgust) + Prior(Emotion.Contempt)),
        ];
    }
}
