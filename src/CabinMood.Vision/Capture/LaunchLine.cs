namespace CabinMood.Vision.Capture;

/// <summary>Writes the GStreamer launch line for a source. Paths and addresses are set as properties, never spliced in.</summary>
internal static class LaunchLine
{
    /// <summary>The element whose <c>location</c> or <c>device</c> is set afterwards.</summary>
    public const string SourceName = "source";

    /// <summary>The appsink's name.</summary>
    public const string SinkName = "frames";

    // Formats that begin with a plane of luma pass as they are, which spares a conversion. 16 bits of grey pass as well:
    // videoconvert would keep only the high byte of them.
    private const string ToLuma = "videoconvert ! video/x-raw,format=(string){GRAY8,GRAY16_LE,I420,YV12,NV12,NV21,Y42B,Y444}";

    // Audio tracks shall not be decoded.
    private const string Decode = "decodebin caps=video/x-raw(ANY) expose-all-streams=false";

    /// <summary>For live use: the sink keeps the newest frames; files play at their own speed.</summary>
    public static string Live(FrameSourceUri uri) =>
        $"{Source(uri)} ! {ToLuma} ! appsink name={SinkName} max-buffers=4 drop=true sync={(uri.IsLive ? "false" : "true")} enable-last-sample=false";

    /// <summary>For analysis: every frame, as fast as they are taken.</summary>
    public static string Lossless(FrameSourceUri uri) =>
        $"{Source(uri)} ! {ToLuma} ! appsink name={SinkName} max-buffers=8 drop=false sync=false enable-last-sample=false";

    /// <summary>The property of <see cref="SourceName"/> that takes the location; null when the line holds everything.</summary>
    public static string? LocationProperty(FrameSourceUri uri) => uri.Kind switch
    {
        FrameSourceKind.Device => "device",
        FrameSourceKind.File or FrameSourceKind.Image or FrameSourceKind.Rtsp => "location",
        _ => null,
    };

    private static string Source(FrameSourceUri uri) => uri.Kind switch
    {
        FrameSourceKind.Device => $"v4l2src name={SourceName} ! {Decode}",
        FrameSourceKind.File or FrameSourceKind.Image => $"filesrc name={SourceName} ! {Decode}",
        // 100 ms smooth over a cabin network's jitter; the default of 2 s would make every decision late.
        FrameSourceKind.Rtsp => $"rtspsrc name={SourceName} latency=100 ! {Decode}",
        FrameSourceKind.Test =>
            $"videotestsrc is-live=true pattern={(uri.Location.Length > 0 ? uri.Location : "smpte")} ! video/x-raw,width=640,height=480,framerate=30/1",
        FrameSourceKind.Launch => uri.Location,
        _ => throw new ArgumentOutOfRangeException(nameof(uri), uri.Kind, "no launch line for this kind of source"),
    };
}
