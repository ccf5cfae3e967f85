namespace CabinMood.Vision.Capture;

/// <summary>What a frame source is doing.</summary>
public enum CaptureState
{
    /// <summary>Not opened yet, or closed: the device is free.</summary>
    Closed,

    /// <summary>The device or file is being opened; no frame has come yet.</summary>
    Opening,

    /// <summary>Frames are coming.</summary>
    Playing,

    /// <summary>A file has been played to its end; the source stays idle until it is closed.</summary>
    EndOfStream,

    /// <summary>Opening failed, an error came, or frames ceased; <see cref="BackOff"/> follows.</summary>
    Failed,

    /// <summary>Waiting before the next attempt to open.</summary>
    BackOff,
}
