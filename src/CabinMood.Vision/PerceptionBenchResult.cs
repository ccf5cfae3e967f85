namespace CabinMood.Vision;

/// <summary>What <see cref="PerceptionBench"/> measured: in milliseconds; medians over rounds, of which each one's fastest run counts.</summary>
public sealed record PerceptionBenchResult
{
    /// <summary>Width of the frame in pixels.</summary>
    public required int FrameWidth { get; init; }

    /// <summary>Height of the frame in pixels.</summary>
    public required int FrameHeight { get; init; }

    /// <summary>Width of the detector's input in pixels, with what rounding up to the card's multiple added.</summary>
    public required int DetectorInputWidth { get; init; }

    /// <summary>Height of the detector's input in pixels, likewise.</summary>
    public required int DetectorInputHeight { get; init; }

    /// <summary>How often each was measured.</summary>
    public required int Rounds { get; init; }

    /// <summary>Copying the frame's pixels, as the capture thread does.</summary>
    public required double CopyMs { get; init; }

    /// <summary>Looking whether the view is blocked.</summary>
    public required double ObscuredViewMs { get; init; }

    /// <summary>Resizing and normalising for the detector.</summary>
    public required double DetectorInputMs { get; init; }

    /// <summary>The detector's net, on the path.</summary>
    public required double DetectorNetMs { get; init; }

    /// <summary>Decoding and non-maximum suppression.</summary>
    public required double DecodingMs { get; init; }

    /// <summary>Aligning and normalising for the emotion net.</summary>
    public required double AlignmentMs { get; init; }

    /// <summary>The emotion net, on the path.</summary>
    public required double EmotionNetMs { get; init; }

    /// <summary>The whole path with a search of the whole frame, copy included.</summary>
    public required double WholePathMs { get; init; }

    /// <summary>The path when a window is enough, as for most frames in the car.</summary>
    public required double FollowingPathMs { get; init; }

    /// <summary>The detector's net alone.</summary>
    public required double BareDetectorMs { get; init; }

    /// <summary>The emotion net alone.</summary>
    public required double BareEmotionNetMs { get; init; }

    /// <summary>The whole path over the sum of both bare nets: the median of the rounds. The project's limit is 1.15.</summary>
    public required double Ratio { get; init; }

    /// <summary>Managed bytes per frame, both paths and the copy together; must be 0.</summary>
    public required double AllocatedBytesPerFrame { get; init; }
}
