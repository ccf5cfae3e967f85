using CabinMood.Core.Emotions;

namespace CabinMood.Core.Moods;

/// <summary>
/// A first mood filter: exponential smoothing over wall time, and a mood counts once good readings have agreed on
/// it for long enough. Works in seconds, not frames, so that 5 Hz and 30 Hz behave alike. Pure and thread-safe.
/// </summary>
public static class MoodFilter
{
    /// <summary>Takes in one reading.</summary>
    /// <param name="known">The state before.</param>
    /// <param name="reading">What the emotion net said; values that are not finite are ignored.</param>
    /// <param name="at">Monotonic time of the reading.</param>
    /// <param name="options">See <see cref="MoodOptions"/>.</param>
    public static MoodEstimate Read(in MoodEstimate known, in EmotionReading reading, TimeSpan at, MoodOptions options)
    {
        if (!IsUsable(reading))
        {
            return Lapse(known, at, options);
        }

        var gap = known.ReadAt is { } last ? (at - last).TotalSeconds : 0;
        // What was seen before so long a silence says nothing about now.
        var estimate = gap > options.EvidenceSeconds ? Restart(known, at) : Lapse(known, at, options);
        var seconds = Math.Clamp(gap, 0, options.MaxGapSeconds);
        var quality = Math.Clamp(reading.Quality, 0, 1);
        var isGood = quality >= options.MinQuality;
        if (estimate.ReadAt is null && !isGood)
        {
            return estimate;
        }

        // The first good reading is taken as it is; later ones move the average by how much time and trust they stand for.
        var step = estimate.ReadAt is null ? 1f : (float)(1 - Math.Exp(-seconds * quality / options.SmoothingSeconds));
        var emotions = estimate.Emotions;
        for (var i = 0; i < EmotionProbabilities.Count; i++)
        {
            emotions[i] += step * (reading.Emotions[i] - emotions[i]);
        }

        var arousal = estimate.Arousal + step * (reading.Arousal - estimate.Arousal);
        var moods = MoodTable.Map(emotions, arousal, options);
        var (top, margin) = moods.Leader();
        var candidate = margin >= options.ConfidenceMargin ? top : Mood.Unknown;
        // Agreement is counted from the first reading that agrees: the time before it may have been another mood's.
        var agreeing = candidate == estimate.Candidate ? estimate.AgreeingSeconds + (isGood ? seconds : 0) : 0;
        var isSupport = isGood && candidate == estimate.Mood;
        var next = estimate with
        {
            Emotions = emotions,
            Valence = estimate.Valence + step * (reading.Valence - estimate.Valence),
            Arousal = arousal,
            Confidence = moods.Of(top),
            Candidate = candidate,
            AgreeingSeconds = agreeing,
            SupportingSeconds = estimate.SupportingSeconds + (isSupport ? seconds : 0),
            SupportedAt = isSupport ? at : estimate.SupportedAt,
            ReadAt = at,
        };
        if (candidate != Mood.Unknown && candidate != next.Mood && next.AgreeingSeconds >= options.EvidenceSeconds)
        {
            return next with { Mood = candidate, Since = at, SupportingSeconds = next.AgreeingSeconds, SupportedAt = at };
        }

        return Lapse(next, at, options);
    }

    /// <summary>Lets time pass without a usable reading: a mood that nothing supports any more becomes unknown, and must be earned anew.</summary>
    public static MoodEstimate Lapse(in MoodEstimate estimate, TimeSpan at, MoodOptions options)
    {
        if (estimate.Mood == Mood.Unknown || (at - estimate.SupportedAt).TotalSeconds <= options.EvidenceSeconds)
        {
            return estimate;
        }

        // The same mood must be earned anew; another that has been gathering evidence keeps it.
        var agreeing = estimate.Candidate == estimate.Mood ? 0 : estimate.AgreeingSeconds;
        return estimate with { Mood = Mood.Unknown, Since = at, AgreeingSeconds = agreeing, SupportingSeconds = 0 };
    }

    private static MoodEstimate Restart(in MoodEstimate known, TimeSpan at) =>
        MoodEstimate.NoneSince(known.Mood == Mood.Unknown ? known.Since : at);

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

        return MathF.Abs(sum - 1) < 0.01f && float.IsFinite(reading.Quality)
            && MathF.Abs(reading.Valence) <= 1 && MathF.Abs(reading.Arousal) <= 1;
    }
}
