using System.Diagnostics;

namespace CabinMood.Vision;

/// <summary>What each stage of one frame took, in ticks of <see cref="Stopwatch.Frequency"/>; 0 for a stage that did not run.</summary>
public struct StageTimings
{
    /// <summary>Looking whether the view is blocked.</summary>
    public long ObscuredView { get; set; }

    /// <summary>Resizing and normalising for the detector.</summary>
    public long DetectorInput { get; set; }

    /// <summary>The detector's net.</summary>
    public long DetectorNet { get; set; }

    /// <summary>Decoding and non-maximum suppression.</summary>
    public long Decoding { get; set; }

    /// <summary>Aligning and normalising for the emotion net.</summary>
    public long Alignment { get; set; }

    /// <summary>Judging the picture of the face, and following the mouth.</summary>
    public long Quality { get; set; }

    /// <summary>The emotion net.</summary>
    public long EmotionNet { get; set; }

    /// <summary>From the frame to the observation, all of it.</summary>
    public long Total { get; set; }

    /// <summary>True when the whole frame was searched, false when a window was enough.</summary>
    public bool IsFullFrame { get; set; }

    /// <summary>Stopwatch ticks as milliseconds.</summary>
    public static double Milliseconds(long ticks) => ticks * 1000.0 / Stopwatch.Frequency;

    /// <summary>Ticks since <paramref name="mark"/>, which moves to now.</summary>
    internal static long Lap(ref long mark)
    {
        var now = Stopwatch.GetTimestamp();
        var lap = now - mark;
        mark = now;
        return lap;
    }
}
