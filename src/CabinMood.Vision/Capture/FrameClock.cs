using CabinMood.Vision.GStreamer;

namespace CabinMood.Vision.Capture;

/// <summary>Turns buffer timestamps into times since the source was first opened that never go backwards.</summary>
internal sealed class FrameClock
{
    /// <summary>One frame at 25 per second: between the end of a loop and its next beginning.</summary>
    private static readonly TimeSpan OneFrame = TimeSpan.FromMilliseconds(40);

    private TimeSpan _base;
    private TimeSpan _last;
    private ulong _first = GStreamerNative.GST_CLOCK_TIME_NONE;

    /// <summary>The time of the frame with this buffer timestamp.</summary>
    /// <param name="pts">Nanoseconds, or GST_CLOCK_TIME_NONE.</param>
    /// <param name="sinceOpened">Real time since the source was first opened: serves frames without a timestamp.</param>
    public TimeSpan Next(ulong pts, TimeSpan sinceOpened)
    {
        var time = sinceOpened;
        if (pts != GStreamerNative.GST_CLOCK_TIME_NONE)
        {
            if (_first == GStreamerNative.GST_CLOCK_TIME_NONE)
            {
                _first = pts;
            }

            // Decoders may hand out a frame from before the first one.
            time = pts > _first ? _base + TimeSpan.FromTicks((long)((pts - _first) / 100)) : _base;
        }

        _last = time > _last ? time : _last;
        return _last;
    }

    /// <summary>A stream begins anew: its times follow those that were.</summary>
    /// <param name="notBefore">Real time since the source was first opened, or zero to follow the last frame directly.</param>
    public void Restart(TimeSpan notBefore)
    {
        var next = _last > TimeSpan.Zero ? _last + OneFrame : TimeSpan.Zero;
        _base = notBefore > next ? notBefore : next;
        _first = GStreamerNative.GST_CLOCK_TIME_NONE;
    }
}
