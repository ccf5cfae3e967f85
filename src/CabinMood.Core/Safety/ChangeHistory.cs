using System.Collections.Immutable;

namespace CabinMood.Core.Safety;

/// <summary>When mood-driven changes happened, as far back as an hour.</summary>
/// <param name="LastChange">The last one, or the start: after every start the interval runs as if a change had just happened.</param>
/// <param name="LastHour">Monotonic times within the last hour, oldest first.</param>
public sealed record ChangeHistory(TimeSpan LastChange, ImmutableQueue<TimeSpan> LastHour)
{
    /// <summary>A history that begins now.</summary>
    public static ChangeHistory StartingAt(TimeSpan now) => new(now, []);

    /// <summary>
    /// A history that goes on after a restart: the interval runs anew, and the changes of the hour before still count. A
    /// wall time that makes no sense counts as now: whatever the clock did, nobody gains a change by it.
    /// </summary>
    /// <param name="now">Monotonic time.</param>
    /// <param name="utc">Wall time of <paramref name="now"/>.</param>
    /// <param name="changes">Wall times of changes that lay within an hour when they were stored, a moment ago.</param>
    public static ChangeHistory ResumedAt(TimeSpan now, DateTimeOffset utc, IReadOnlyList<DateTimeOffset> changes)
    {
        var times = changes.Select(change => utc - change).Select(age => now - (IsPlausible(age) ? age : TimeSpan.Zero));
        return new ChangeHistory(now, [.. times.Order()]);

        // A little over an hour has passed for one that was nearly that old when it was stored.
        static bool IsPlausible(TimeSpan age) => age >= TimeSpan.Zero && age <= TimeSpan.FromHours(1.1);
    }

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

    /// <summary>The changes within the hour before <paramref name="now"/>, oldest first.</summary>
    public IEnumerable<TimeSpan> WithinHourOf(TimeSpan now) => LastHour.Where(change => now - change < TimeSpan.FromHours(1));

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
