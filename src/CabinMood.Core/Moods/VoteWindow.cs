using System.Collections.Immutable;

namespace CabinMood.Core.Moods;

/// <summary>
/// A plain majority vote over a window, as the published emotion-to-music systems take it: every reading has one vote
/// for its top mood. A vote weighs the seconds that the reading stands for, so that a camera's rate does not matter.
/// Immutable.
/// </summary>
public sealed class VoteWindow
{
    private readonly ImmutableQueue<Vote> _votes;
    private readonly PerMood _seconds;

    private VoteWindow(ImmutableQueue<Vote> votes, PerMood seconds) => (_votes, _seconds) = (votes, seconds);

    /// <summary>No votes yet.</summary>
    public static VoteWindow Empty { get; } = new([], default);

    /// <summary>Seconds of readings in the window.</summary>
    public float Seconds => _seconds.Sum;

    /// <summary>Seconds of readings in the window that voted for a mood.</summary>
    public float SecondsFor(Mood mood) => MathF.Max(_seconds.Of(mood), 0);

    /// <summary>Each mood's share of the votes, summing to 1; all zero without any.</summary>
    public PerMood Shares
    {
        get
        {
            var shares = _seconds;
            var sum = Seconds;
            for (var i = 1; i < PerMood.Count; i++)
            {
                shares[i] = sum > 0 ? MathF.Max(shares[i], 0) / sum : 0;
            }

            return shares;
        }
    }

    /// <summary>Adds a vote and drops those that have left the window.</summary>
    /// <param name="mood">What the reading says.</param>
    /// <param name="at">When.</param>
    /// <param name="seconds">The time that it stands for.</param>
    /// <param name="windowSeconds">How many seconds of votes the window holds.</param>
    public VoteWindow With(Mood mood, TimeSpan at, float seconds, double windowSeconds)
    {
        var votes = _votes.Enqueue(new Vote(at, mood, seconds));
        var sums = _seconds;
        sums.Add(mood, seconds);
        while ((at - votes.Peek().At).TotalSeconds > windowSeconds)
        {
            votes = votes.Dequeue(out var oldest);
            sums.Add(oldest.Mood, -oldest.Seconds);
        }

        return new VoteWindow(votes, sums);
    }

    private readonly record struct Vote(TimeSpan At, Mood Mood, float Seconds);
}
