namespace CabinMood.Core.Moods;

/// <summary>How single readings become a mood.</summary>
public enum MoodFilterKind
{
    /// <summary>The forward algorithm over moods that last: see <see cref="BayesFilter"/>.</summary>
    Bayes,

    /// <summary>Every reading votes, the window's majority counts: see <see cref="VoteWindow"/>.</summary>
    Majority,
}
