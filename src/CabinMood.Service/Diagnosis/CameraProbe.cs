using CabinMood.Service.Commands;
using CabinMood.Vision.Capture;
using CabinMood.Vision.GStreamer;

namespace CabinMood.Service.Diagnosis;

/// <summary>Opens the camera for a moment to see whether frames come. No frame is kept.</summary>
public static class CameraProbe
{
    private const string Tools = "sudo apt-get install gstreamer1.0-tools gstreamer1.0-plugins-base-apps";

    // A camera needs a second or two to wake, an RTSP server a little longer.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    /// <summary>What came of it.</summary>
    public static Finding Look(CameraOptions camera, TimeProvider time, CancellationToken cancellation)
    {
        try
        {
            var uri = FrameSourceUri.Parse(camera.Source);
            return uri.Kind == FrameSourceKind.Device && !File.Exists(uri.Location)
                ? new Finding("camera", false, $"{uri.Location} does not exist", "connect the camera, list devices with: ls /dev/video*, and set Camera:Source")
                : Open(camera, uri, time, cancellation);
        }
        catch (Exception e) when (e is FormatException or CaptureException or GStreamerException)
        {
            return new Finding("camera", false, Failures.LineFor(e), "set Camera:Source to a device, file or address");
        }
    }

    private static Finding Open(CameraOptions camera, FrameSourceUri uri, TimeProvider time, CancellationToken cancellation)
    {
        var reason = "no frame came";
        using var failed = new CancellationTokenSource();
        // Disposed before what its handler uses.
        using var source = new GStreamerFrameSource(camera, time);
        source.StateChanged += change =>
        {
            if (change.State == CaptureState.Failed)
            {
                reason = change.Reason;
                failed.Cancel();
            }
        };
        var buffer = new FrameBuffer();
        var start = time.GetTimestamp();
        source.Open();
        while (time.GetElapsedTime(start) < Patience && !failed.IsCancellationRequested)
        {
            cancellation.ThrowIfCancellationRequested();
            if (source.WaitForFrame(buffer, TimeSpan.FromMilliseconds(100)))
            {
                var frame = buffer.Frame;
                return new Finding("camera", true, FormattableString.Invariant($"{uri.Display}: {frame.Width}x{frame.Height}"));
            }
        }

        return new Finding("camera", false, reason.Contains(uri.Display, StringComparison.Ordinal) ? reason : $"{uri.Display}: {reason}", Remedy(uri));
    }

    private static string Remedy(FrameSourceUri uri) => uri.Kind switch
    {
        FrameSourceKind.Device =>
            $"end the program that has it (sudo fuser -v {uri.Location}; packages psmisc and v4l-utils), let us use it (ls -l {uri.Location}; sudo usermod -aG video {Environment.UserName}) "
            + $"and see its formats (v4l2-ctl -d {uri.Location} --list-formats): grey of 8 or 16 bits, or a colour format",
        FrameSourceKind.Launch => $"try the launch line by itself: gst-launch-1.0 -v LINE ({Tools})",
        FrameSourceKind.Test => $"name a pattern that GStreamer knows: gst-inspect-1.0 videotestsrc ({Tools})",
        FrameSourceKind.Rtsp => $"see that the camera is on, and that address, user and password are right: gst-discoverer-1.0 ADDRESS ({Tools}); H.264 needs: sudo apt-get install gstreamer1.0-libav",
        _ => $"check that it exists, and that GStreamer can play it: gst-discoverer-1.0 {uri.Display} ({Tools}); mp4 needs: sudo apt-get install gstreamer1.0-libav",
    };
}
