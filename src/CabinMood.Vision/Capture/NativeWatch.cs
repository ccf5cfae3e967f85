namespace CabinMood.Vision.Capture;

/// <summary>
/// Since when the capture thread is inside a call into a driver or decoder: one that hangs there cannot say so itself.
/// Entered and left by that thread, asked by any.
/// </summary>
internal sealed class NativeWatch(TimeProvider time)
{
    private long _since;

    /// <summary>A call begins; the time of one that began before no longer counts.</summary>
    internal void Enter() => Interlocked.Exchange(ref _since, time.GetTimestamp());

    /// <summary>It has come back.</summary>
    internal void Leave() => Interlocked.Exchange(ref _since, 0);

    /// <summary>Whether a call has not come back for longer than that.</summary>
    internal bool IsStuck(TimeSpan limit)
    {
        var since = Interlocked.Read(ref _since);
        return since != 0 && time.GetElapsedTime(since) > limit;
    }
}
