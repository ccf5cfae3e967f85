namespace CabinMood.Messaging;

/// <summary>How long to wait before the next attempt to connect.</summary>
internal sealed class BackOff
{
    /// <summary>After a first failure.</summary>
    internal static readonly TimeSpan First = TimeSpan.FromSeconds(1);

    /// <summary>The contract's limit: after the broker is back, retained topics are missing for little longer.</summary>
    internal static readonly TimeSpan Longest = TimeSpan.FromSeconds(4);

    /// <summary>After a refusal: often enough to notice a mended password, too seldom to fill the broker's log.</summary>
    internal static readonly TimeSpan AfterRefusal = TimeSpan.FromSeconds(30);

    /// <summary>
    /// A connection that stood this long was a good one. A broker that closes each one at once is not to be asked
    /// every second.
    /// </summary>
    internal static readonly TimeSpan Stable = TimeSpan.FromSeconds(10);

    private TimeSpan _next = First;

    /// <summary>A connection has ended: after a good one, the next failure is a first one again.</summary>
    internal void Stood(TimeSpan span)
    {
        if (span >= Stable)
        {
            _next = First;
        }
    }

    /// <summary>1, 2, 4, 4, ... seconds.</summary>
    internal TimeSpan Next()
    {
        var current = _next;
        _next = TimeSpan.FromTicks(Math.Min(_next.Ticks * 2, Longest.Ticks));
        return current;
    }
}
