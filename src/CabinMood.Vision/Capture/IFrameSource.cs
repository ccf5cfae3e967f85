namespace CabinMood.Vision.Capture;

/// <summary>
/// Where frames come from while the service runs. The newest frame wins: one that was not taken before the next came is
/// dropped and counted. A source that fails is reopened with growing pauses until it is closed. Members may be called
/// from any thread, but frames are taken by one.
/// </summary>
public interface IFrameSource : IDisposable
{
    /// <summary>
    /// Raised on the source's own thread, in order, when the state changes. Handlers must be quick and must not call
    /// <see cref="Close"/>.
    /// </summary>
    event Action<CaptureStateChange>? StateChanged;

    /// <summary>What the source is doing.</summary>
    CaptureState State { get; }

    /// <summary>Frames that came since it was first opened.</summary>
    long CapturedFrames { get; }

    /// <summary>Frames that were replaced by newer ones before anybody took them.</summary>
    long DroppedFrames { get; }

    /// <summary>Begins to open the source and returns at once; failures are reported as states. Nothing when it is open already.</summary>
    void Open();

    /// <summary>Closes the device, discards a frame that waits, and returns when both are done. Nothing when it is closed already.</summary>
    void Close();

    /// <summary>
    /// True when a call into the camera's driver or decoder has not come back for longer than <paramref name="limit"/>:
    /// what a watchdog asks. Waiting for a frame, backing off and being closed are no such calls.
    /// </summary>
    bool IsStuck(TimeSpan limit);

    /// <summary>Exchanges the newest frame that was not taken yet for what <paramref name="buffer"/> held; false when there is none.</summary>
    bool TryTake(FrameBuffer buffer);

    /// <summary>As <see cref="TryTake"/>, but waits for a frame; false when none came in time or the source is closed.</summary>
    bool WaitForFrame(FrameBuffer buffer, TimeSpan timeout);
}
