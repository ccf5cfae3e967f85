using System.Collections.Immutable;

namespace CabinMood.Core.Safety;

/// <summary>When mood-driven changes happened, as far back as an hour.</summary>
/// <param name="LastChange">The last one, or the start: after every start the interval runs as if a change had just happened.</param>
/// <param name="LastHour">Monotonic times within the last hour, oldest first.</param>
public sealed record ChangeHistory(TimeSpan LastChange, ImmutableQueue<TimeSpan> LastHour)
{
    /// <summary>A history that begins now.</summary>
    public static ChangeHistory StartingAt(TimeSpan now) => new(now, []);

    /// <summary>The interval runs anew; the changes of the last hour still count.</summary>
    public ChangeHistory RestartedAt(TimeSpan now) => this with { LastChange = now };

    /// <summary>Changes within the hour before <paramref name="now"/>.</summary>
    public int CountLastHour(TimeSpan now)
    {
        var count = 0;
        foreach (var change in LastHour)
        {
            count += now - change < TimeSpan.FromHours(1) ? 1 : 0;
        }

        return count;
    }

    /// <summary>The monotonic time from which on fewer than <paramref name="budget"/> changes lie within an hour; null when that never comes.</summary>
    public TimeSpan? WhenBelow(int budget, TimeSpan now)
    {
        var surplus = CountLastHour(now) - budget;
        foreach (var change in LastHour)
        {
            if (now - change < TimeSpan.FromHours(1) && surplus-- == 0)
            {
                return change + TimeSpan.FromHours(1);
            }
        }

        return null;
    }

    /// <summary>Adds a change and forgets those older than an hour.</summary>
    public ChangeHistory Add(TimeSpan now)
    {
        var queue = LastHour;
        while (!queue.IsEmpty && now - queue.Peek() >= TimeSpan.FromHours(1))
        {
            queue = queue.Dequeue();
        }

        return new ChangeHistory(now, queue.Enqueue(now));
    }
}
