using CabinMood.Core.Conductor;

namespace CabinMood.Service.Hosting;

/// <summary>Gives events their moments: monotonic time since the start, and wall time. Thread-safe.</summary>
public sealed class ServiceClock(TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();

    /// <summary>The clock behind it.</summary>
    public TimeProvider Time => time;

    /// <summary>Monotonic time since the start.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_start);

    /// <summary>Now.</summary>
    public Moment Now() => new(Elapsed, time.GetUtcNow());
}
