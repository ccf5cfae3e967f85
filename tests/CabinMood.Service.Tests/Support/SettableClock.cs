namespace CabinMood.Service.Tests.Support;

/// <summary>The system's clock, whose wall time somebody sets; running time and timers do not care, as on any computer.</summary>
internal sealed class SettableClock(DateTimeOffset utc) : TimeProvider
{
    private readonly Lock _gate = new();
    private TimeSpan _offset = utc - System.GetUtcNow();

    public override long TimestampFrequency => System.TimestampFrequency;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return System.GetUtcNow() + _offset;
        }
    }

    public override long GetTimestamp() => System.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => System.CreateTimer(callback, state, dueTime, period);

    /// <summary>Sets the wall clock.</summary>
    internal void Set(DateTimeOffset now)
    {
        lock (_gate)
        {
            _offset = now - System.GetUtcNow();
        }
    }
}
