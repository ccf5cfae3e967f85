using CabinMood.Core.Emotions;

namespace CabinMood.Core.Moods;

/// <summary>The state of the mood filter: what it believes, and on what evidence.</summary>
public readonly record struct MoodEstimate
{
    /// <summary>Nothing seen yet.</summary>
    public static MoodEstimate None => default;

    /// <summary>Nothing seen since an instant (monotonic).</summary>
    public static MoodEstimate NoneSince(TimeSpan at) => new() { Since = at };

    /// <summary>The mood that has earned its evidence, or unknown.</summary>
    public Mood Mood { get; init; }

    /// <summary>Monotonic time since which <see cref="Mood"/> has been this one.</summary>
    public TimeSpan Since { get; init; }

    /// <summary>Probability of <see cref="Mood"/> as it is now, 0 to 1: it falls while another gathers evidence. 0 while unknown.</summary>
    public float Confidence => Moods.Of(Mood);

    /// <summary>Smoothed valence, -1 to 1.</summary>
    public float Valence { get; init; }

    /// <summary>Smoothed arousal, -1 to 1.</summary>
    public float Arousal { get; init; }

    /// <summary>Smoothed emotions; all zero until the first reading.</summary>
    public EmotionProbabilities Emotions { get; init; }

    /// <summary>The mood that leads by the margin now; unknown when none does.</summary>
    public Mood Candidate { get; init; }

    /// <summary>
    /// Per mood, the wall seconds of good readings that agreed on it: filled while the mood leads, emptied while it does
    /// not, at most <see cref="MoodOptions.EvidenceSeconds"/>.
    /// </summary>
    public PerMood Evidence { get; init; }

    /// <summary>Wall seconds of good readings that agreed on <see cref="Candidate"/>.</summary>
    public double AgreeingSeconds { get; init; }

    /// <summary>Wall seconds of good readings that have supported <see cref="Mood"/>, those that earned it included.</summary>
    public double SupportingSeconds { get; init; }

    /// <summary>When a good reading last supported <see cref="Mood"/>.</summary>
    public TimeSpan SupportedAt { get; init; }

    /// <summary>When the last reading came that was good enough to be evidence; null before the first.</summary>
    public TimeSpan? GoodAt { get; init; }

    /// <summary>When the last reading came; null before the first.</summary>
    public TimeSpan? ReadAt { get; init; }

    /// <summary>What the filter believes now: probabilities summing to 1, or all zero before the first reading.</summary>
    public PerMood Moods { get; init; }

    /// <summary>The driver's face at rest, as learned in this trip.</summary>
    public RestingFace Resting { get; init; }

    /// <summary>The votes of the majority filter; null with the other one.</summary>
    public VoteWindow? Votes { get; init; }
}
