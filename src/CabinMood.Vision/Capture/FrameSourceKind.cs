namespace CabinMood.Vision.Capture;

/// <summary>What sort of source a <see cref="FrameSourceUri"/> names.</summary>
public enum FrameSourceKind
{
    /// <summary>A V4L2 device such as <c>/dev/video0</c>.</summary>
    Device,

    /// <summary>A video file.</summary>
    File,

    /// <summary>A picture file.</summary>
    Image,

    /// <summary>A folder of picture files, in the order of their names.</summary>
    Folder,

    /// <summary>An RTSP stream.</summary>
    Rtsp,

    /// <summary>GStreamer's test pattern.</summary>
    Test,

    /// <summary>A launch line in GStreamer's own words, for special cameras.</summary>
    Launch,
}
