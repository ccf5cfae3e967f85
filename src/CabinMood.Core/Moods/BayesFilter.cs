using CabinMood.Core.Emotions;

namespace CabinMood.Core.Moods;

/// <summary>
/// The forward algorithm of a hidden Markov model whose states are moods. A mood lasts for an exponentially distributed
/// time and is then drawn anew, so a step over any time is exact and two half steps make a whole one: 5 Hz and 30 Hz
/// agree. Immutable and thread-safe. Source: Rabiner, Proc. IEEE 77 (1989), 257-286, eq. 19-20, in continuous time.
/// </summary>
public sealed class BayesFilter
{
    // However sure the net is, it may be wrong: no mood's likelihood counts for less than this share of the best one's.
    private const float LeastLikelihood = 0.02f;

    private readonly MoodTable _table;
    private readonly PerMood _usual;
    private readonly float _dwellSeconds;
    private readonly float _independenceSeconds;

    /// <summary>A filter for one table.</summary>
    public BayesFilter(MoodOptions options, MoodTable table)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(table);
        _table = table;
        _dwellSeconds = (float)options.DwellSeconds;
        _independenceSeconds = (float)options.IndependenceSeconds;
        _usual = Expect(table, (float)options.RestingShare);
    }

    /// <summary>What to expect of a driver about whom nothing is known.</summary>
    public PerMood Usual => _usual;

    /// <summary>Takes in one reading.</summary>
    /// <param name="known">Probabilities before, summing to 1; all zero when nothing is known.</param>
    /// <param name="emotions">Calibrated probabilities of the reading, summing to 1.</param>
    /// <param name="arousal">Of the reading, -1 to 1.</param>
    /// <param name="seconds">Time since the last reading.</param>
    /// <param name="weight">How far this reading counts, 0 to 1: it stretches no time, it only flattens the likelihood.</param>
    public PerMood Step(in PerMood known, in EmotionProbabilities emotions, float arousal, float seconds, float weight)
    {
        var moods = Predict(known, seconds);
        // Readings that follow closely repeat one another: together they count as one per IndependenceSeconds.
        var power = weight * seconds / _independenceSeconds;
        var likelihood = Likelihood(emotions, arousal);
        var sum = 0f;
        for (var i = 1; i < PerMood.Count; i++)
        {
            moods[i] *= MathF.Pow(likelihood[i], power);
            sum += moods[i];
        }

        for (var i = 1; i < PerMood.Count; i++)
        {
            moods[i] /= sum;
        }

        return moods;
    }

    /// <summary>Lets time pass: every mood may have ended meanwhile.</summary>
    public PerMood Predict(in PerMood known, float seconds)
    {
        if (known.Sum == 0)
        {
            return _usual;
        }

        var kept = MathF.Exp(-seconds / _dwellSeconds);
        var moods = default(PerMood);
        for (var i = 1; i < PerMood.Count; i++)
        {
            moods[i] = kept * known[i] + (1 - kept) * _usual[i];
        }

        return moods;
    }

    /// <summary>How well each mood explains a reading, as a share of the best explanation; moods that the table does not know are 0.</summary>
    private PerMood Likelihood(in EmotionProbabilities emotions, float arousal)
    {
        var evidence = _table.Map(emotions, arousal);
        var shares = _table.EvenShares;
        var best = 0f;
        for (var i = 1; i < PerMood.Count; i++)
        {
            // A calibrated probability is the likelihood times the prior it was calibrated with (Bayes' rule backwards).
            evidence[i] = shares[i] > 0 ? evidence[i] / shares[i] : 0;
            best = MathF.Max(best, evidence[i]);
        }

        for (var i = 1; i < PerMood.Count; i++)
        {
            evidence[i] = shares[i] > 0 ? MathF.Max(evidence[i] / best, LeastLikelihood) : 0;
        }

        return evidence;
    }

    // Moods at rest share one part of the time, all others the rest, evenly: nothing is known about this driver.
    private static PerMood Expect(MoodTable table, float restingShare)
    {
        var usual = default(PerMood);
        var (resting, other) = (0, 0);
        for (var i = 1; i < PerMood.Count; i++)
        {
            var isKnown = table.EvenShares[i] > 0;
            resting += isKnown && IsResting(i) ? 1 : 0;
            other += isKnown && !IsResting(i) ? 1 : 0;
        }

        for (var i = 1; i < PerMood.Count; i++)
        {
            if (table.EvenShares[i] > 0)
            {
                var part = resting == 0 ? 1f : other == 0 ? 1f : IsResting(i) ? restingShare : 1 - restingShare;
                usual[i] = part / (IsResting(i) ? resting : other);
            }
        }

        return usual;
    }

    private static bool IsResting(int mood) => mood is (int)Mood.Neutral or (int)Mood.Calm;
}
