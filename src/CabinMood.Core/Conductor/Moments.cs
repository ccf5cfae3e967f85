namespace CabinMood.Core.Conductor;

/// <summary>Wall-clock arithmetic that no clock, however wrong, can break.</summary>
internal static class Moments
{
    /// <summary>Adds a span, stopping at the ends of the calendar.</summary>
    public static DateTimeOffset Add(DateTimeOffset utc, TimeSpan span)
    {
        if (span >= TimeSpan.Zero)
        {
            return DateTimeOffset.MaxValue - utc < span ? DateTimeOffset.MaxValue : utc + span;
        }

        return utc - DateTimeOffset.MinValue < -span ? DateTimeOffset.MinValue : utc + span;
    }
}
