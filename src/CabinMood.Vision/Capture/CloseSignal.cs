namespace CabinMood.Vision.Capture;

/// <summary>
/// That a source shall be closed, and the capture thread's pauses, which it cuts short. Given from any thread; waited for
/// by one.
/// </summary>
/// <param name="time">Pauses go by this clock.</param>
internal sealed class CloseSignal(TimeProvider time) : IDisposable
{
    private readonly ManualResetEventSlim _given = new(initialState: true);
    private readonly AutoResetEvent _wake = new(initialState: false);

    internal bool IsGiven => _given.IsSet;

    /// <summary>A source that is opened is not to be closed yet.</summary>
    internal void TakeBack()
    {
        _given.Reset();
        // The last closing may have found nobody in a pause.
        _wake.Reset();
    }

    internal void Give()
    {
        _given.Set();
        _wake.Set();
    }

    /// <summary>Waits until it is given.</summary>
    internal void Wait() => _given.Wait();

    /// <summary>Waits that long, or until it is given.</summary>
    internal void Pause(TimeSpan span)
    {
        using var timer = time.CreateTimer(static wake => ((AutoResetEvent)wake!).Set(), _wake, span, Timeout.InfiniteTimeSpan);
        if (!IsGiven)
        {
            _wake.WaitOne();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _given.Dispose();
        _wake.Dispose();
    }
}
