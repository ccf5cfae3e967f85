using CabinMood.Core.Emotions;

namespace CabinMood.Core.Moods;

/// <summary>
/// From single readings to a mood one can trust: takes the driver's resting face out, filters over time, and lets a mood
/// count only once good readings have agreed on it for long enough. Works in wall seconds, not frames, so that 5 Hz and
/// 30 Hz behave alike. Holds only options; pure and thread-safe.
/// </summary>
public sealed class MoodEstimator
{
    // Seconds of evidence that one second of disagreement costs.
    private const float DisagreementWeight = 2;

    // Below this share of neutral a face is not at rest, whatever else it shows. A mood that lasts for an hour must not be
    // taken for the face at rest; a stern face still reads as neutral for the larger part.
    private const float LeastNeutralAtRest = 0.3f;

    private readonly MoodOptions _options;
    private readonly MoodTable _table;
    private readonly BayesFilter _bayes;

    /// <summary>An estimator with these options.</summary>
    public MoodEstimator(MoodOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _table = new MoodTable(options);
        _bayes = new BayesFilter(options, _table);
    }

    /// <summary>The table that it maps with.</summary>
    public MoodTable Table => _table;

    /// <summary>Takes in one reading.</summary>
    /// <param name="known">The state before.</param>
    /// <param name="reading">What was read; one with values that are not finite or no probabilities is ignored.</param>
    /// <param name="at">Monotonic time of the reading.</param>
    public MoodEstimate Read(in MoodEstimate known, in EmotionReading reading, TimeSpan at)
    {
        if (!IsUsable(reading))
        {
            return Lapse(known, at);
        }

        var gap = known.ReadAt is { } last ? (at - last).TotalSeconds : 0;
        // What was seen before so long a silence says nothing about now; the face at rest is still the same face.
        var before = gap > _options.EvidenceSeconds ? Restart(known, at) : Lapse(known, at);
        var seconds = (float)Math.Clamp(gap, 0, _options.MaxGapSeconds);
        var quality = Math.Clamp(reading.Quality, 0, 1);
        var mouth = Math.Clamp(reading.MouthActivity, 0, 1);
        var isGood = quality >= _options.MinQuality && mouth <= _options.MaxMouthActivity;
        if (before.ReadAt is null && !isGood)
        {
            return before;
        }

        // A talking mouth takes the shapes of joy and anger: what it shows counts for as little as a bad picture.
        var weight = mouth <= _options.MaxMouthActivity ? quality * (1 - mouth) : 0;
        var goodSeconds = isGood ? seconds : 0;
        var smoothed = Smooth(before, reading, at, seconds * weight);
        var filtered = _options.Filter == MoodFilterKind.Majority
            ? Vote(smoothed, reading, at, goodSeconds)
            : Filter(smoothed with { Resting = Learn(smoothed, reading, goodSeconds * weight) }, reading, seconds, weight);
        return Settle(before, filtered, at, goodSeconds, isGood);
    }

    /// <summary>Lets time pass without a usable reading: a mood that nothing supports any more becomes unknown, and must be earned anew.</summary>
    public MoodEstimate Lapse(in MoodEstimate known, TimeSpan at)
    {
        // Evidence from before a long time without a good reading is about then, not about now.
        var isOld = known.GoodAt is { } good && (at - good).TotalSeconds > _options.EvidenceSeconds;
        var estimate = isOld ? known with { Evidence = default, AgreeingSeconds = 0 } : known;
        if (estimate.Mood == Mood.Unknown || (at - estimate.SupportedAt).TotalSeconds <= _options.EvidenceSeconds)
        {
            return estimate;
        }

        // The same mood must be earned anew; another that has been gathering evidence keeps it.
        var evidence = estimate.Evidence;
        evidence[(int)estimate.Mood] = 0;
        return estimate with
        {
            Mood = Mood.Unknown,
            Since = at,
            Evidence = evidence,
            AgreeingSeconds = evidence.Of(estimate.Candidate),
            SupportingSeconds = 0,
        };
    }

    // For publication and for what counts as quiet; the filter works on the readings themselves.
    private MoodEstimate Smooth(in MoodEstimate before, in EmotionReading reading, TimeSpan at, float trustedSeconds)
    {
        // The first good reading is taken as it is; later ones move the average by how much time and trust they stand for.
        var step = before.ReadAt is null ? 1f : (float)(1 - Math.Exp(-trustedSeconds / _options.SmoothingSeconds));
        var emotions = before.Emotions;
        for (var i = 0; i < EmotionProbabilities.Count; i++)
        {
            emotions[i] += step * (reading.Emotions[i] - emotions[i]);
        }

        return before with
        {
            Emotions = emotions,
            Valence = before.Valence + step * (reading.Valence - before.Valence),
            Arousal = before.Arousal + step * (reading.Arousal - before.Arousal),
            ReadAt = at,
        };
    }

    // Uncorrected, or a first slight correction would make a sad face look quiet, and quieter ever after.
    private RestingFace Learn(in MoodEstimate smoothed, in EmotionReading reading, float trustedSeconds) =>
        smoothed.Resting.Learn(reading.Emotions, reading.Arousal, trustedSeconds * Quiet(smoothed.Emotions.Of(Emotion.Neutral)), _options);

    // 0 to 1: a face that plainly shows something teaches nothing however long it lasts, or a lasting smile would be
    // taken for the face at rest within minutes.
    private static float Quiet(float neutral) => neutral >= LeastNeutralAtRest ? neutral : 0;

    private MoodEstimate Filter(in MoodEstimate estimate, in EmotionReading reading, float seconds, float weight)
    {
        var emotions = estimate.Resting.Correct(reading.Emotions, _options);
        var arousal = estimate.Resting.CorrectArousal(reading.Arousal, _options);
        return estimate with { Moods = _bayes.Step(estimate.Moods, emotions, arousal, seconds, weight) };
    }

    // As published: readings as they are, one vote each.
    private MoodEstimate Vote(in MoodEstimate estimate, in EmotionReading reading, TimeSpan at, float goodSeconds)
    {
        var vote = _table.Map(reading.Emotions, reading.Arousal).Leader().Top;
        var votes = (estimate.Votes ?? VoteWindow.Empty).With(vote, at, goodSeconds, _options.EvidenceSeconds);
        return estimate with { Votes = votes, Moods = votes.Shares };
    }

    private MoodEstimate Settle(in MoodEstimate before, in MoodEstimate filtered, TimeSpan at, float goodSeconds, bool isGood)
    {
        var (top, margin) = filtered.Moods.Leader();
        var candidate = top != Mood.Unknown && margin >= _options.ConfidenceMargin ? top : Mood.Unknown;
        var isSupport = isGood && candidate == before.Mood;
        var evidence = Collect(before, filtered, candidate, goodSeconds);
        var next = filtered with
        {
            Candidate = candidate,
            Evidence = evidence,
            AgreeingSeconds = evidence.Of(candidate),
            SupportingSeconds = before.SupportingSeconds + (isSupport ? goodSeconds : 0),
            SupportedAt = isSupport ? at : before.SupportedAt,
            GoodAt = isGood ? at : before.GoodAt,
        };
        if (candidate != Mood.Unknown && candidate != next.Mood && next.AgreeingSeconds >= _options.EvidenceSeconds)
        {
            return next with { Mood = candidate, Since = at, SupportingSeconds = next.AgreeingSeconds, SupportedAt = at };
        }

        return Lapse(next, at);
    }

    // A single doubtful moment does not undo ten good seconds, but it costs more than it lasted.
    private PerMood Collect(in MoodEstimate before, in MoodEstimate filtered, Mood candidate, float goodSeconds)
    {
        var evidence = before.Evidence;
        for (var i = 1; i < PerMood.Count; i++)
        {
            // Agreement is counted from the first reading that agrees: the time before it may have been another mood's.
            var agrees = i == (int)candidate && candidate == before.Candidate;
            evidence[i] = Math.Clamp(evidence[i] + (agrees ? goodSeconds : -DisagreementWeight * goodSeconds), 0, (float)_options.EvidenceSeconds);
        }

        if (filtered.Votes is { } votes && candidate != before.Candidate)
        {
            // A majority that has just been reached consists of readings that agree on it.
            evidence[(int)candidate] = candidate == Mood.Unknown ? 0 : MathF.Min(votes.SecondsFor(candidate), (float)_options.EvidenceSeconds);
        }

        return evidence;
    }

    private static MoodEstimate Restart(in MoodEstimate known, TimeSpan at) =>
        MoodEstimate.NoneSince(known.Mood == Mood.Unknown ? known.Since : at) with { Resting = known.Resting };

    private static bool IsUsable(in EmotionReading reading)
    {
        var sum = 0f;
        foreach (var probability in reading.Emotions)
        {
            if (!(probability >= 0))
            {
                return false;
            }

            sum += probability;
        }

        return MathF.Abs(sum - 1) < 0.01f && float.IsFinite(reading.Quality) && float.IsFinite(reading.MouthActivity)
            && MathF.Abs(reading.Valence) <= 1 && MathF.Abs(reading.Arousal) <= 1;
    }
}
