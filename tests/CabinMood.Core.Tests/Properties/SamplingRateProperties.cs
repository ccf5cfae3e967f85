using System.Globalization;
using CabinMood.Core.Emotions;
using CabinMood.Core.Moods;
using FsCheck.Fluent;
using static CabinMood.Core.Tests.Properties.PropertyCheck;

namespace CabinMood.Core.Tests.Properties;

/// <summary>Evidence counts in seconds, not in frames.</summary>
public class SamplingRateProperties
{
    [Fact]
    public void Five_and_thirty_hertz_settle_on_the_same_mood_at_the_same_time()
    {
        // At one arousal throughout: where arousal crosses into calm or energetic, a whole emotion changes its mood at
        // once, and a slow camera may not see a dip that a fast one does.
        Emotion[] emotions = [Emotion.Neutral, Emotion.Happiness, Emotion.Sadness, Emotion.Anger];
        var faces =
            from first in Gen.Elements(emotions)
            from second in Gen.Elements(emotions)
            from certainty in Gen.Choose(60, 99)
            from quality in Gen.Choose(50, 100)
            select (First: first, Second: second, Certainty: certainty / 100f, Quality: quality / 100f);
        Check(Prop.ForAll(Arb.From(faces), face =>
        {
            var (slow, fast) = (SettledAfter(5, face), SettledAfter(30, face));
            // A step seen on the wrong side of a change is one step of evidence missed and costs two more.
            return (Math.Abs(slow - fast) <= 3 / 5.0 + 1 / 30.0 + 1e-6).Label(string.Create(CultureInfo.InvariantCulture, $"5 Hz after {slow} s, 30 Hz after {fast} s"));
        }));
    }

    private static double SettledAfter(double hertz, (Emotion First, Emotion Second, float Certainty, float Quality) face)
    {
        var estimator = new MoodEstimator(new MoodOptions());
        var settled = estimator.Table.Map(EmotionProbabilities.Certain(face.Second), 0).Leader().Top;
        var estimate = MoodEstimate.None;
        var readings = 0;
        for (var i = 0; i < 120 * hertz; i++)
        {
            var emotion = i < 30 * hertz ? face.First : face.Second;
            var reading = Readings.Of(emotion, 0, 0, face.Quality, face.Certainty);
            estimate = estimator.Read(estimate, reading, TimeSpan.FromSeconds(i / hertz));
            if (i >= 30 * hertz && estimate.Mood == settled)
            {
                return readings / hertz;
            }

            readings++;
        }

        return 120;
    }
}
