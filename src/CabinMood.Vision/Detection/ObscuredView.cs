using CabinMood.Vision.Capture;

namespace CabinMood.Vision.Detection;

/// <summary>
/// Tells a blocked view from an empty seat by the brightness of a coarse grid of pixels. Errs towards "not blocked": a
/// frame that is wrongly called blocked would hide the driver, one that is wrongly called clear only shows no face.
/// The thresholds are pixel values 0..255 and ours, set against drawn frames and the development clips.
/// </summary>
public static class ObscuredView
{
    /// <summary>When even the brightest hundredth is below this, it is dark or the lens is covered.</summary>
    public const int DarkBelow = 32;

    /// <summary>Pixels from this value on are blinded.</summary>
    public const int BlindedFrom = 250;

    /// <summary>When this share of the picture is blinded, nothing in it can be trusted.</summary>
    public const float BlindedShare = 0.6f;

    /// <summary>When the darkest and the brightest hundredth differ by less than this, something lies on the lens.</summary>
    public const int FlatBelow = 16;

    private const int GridColumns = 64;
    private const int GridRows = 48;

    /// <summary>True when the lens is covered, the cabin dark, or the sensor blinded.</summary>
    public static bool IsObscured(in Frame frame)
    {
        Span<int> histogram = stackalloc int[256];
        histogram.Clear();
        var columns = Math.Min(GridColumns, frame.Width);
        var rows = Math.Min(GridRows, frame.Height);
        for (var row = 0; row < rows; row++)
        {
            // The middle of each cell.
            var line = frame.Row(((2 * row) + 1) * frame.Height / (2 * rows));
            for (var column = 0; column < columns; column++)
            {
                histogram[line[((2 * column) + 1) * frame.Width / (2 * columns)]]++;
            }
        }

        var samples = rows * columns;
        var hundredth = Math.Max(samples / 100, 1);
        var bright = Percentile(histogram, samples - hundredth);
        var dark = Percentile(histogram, hundredth - 1);
        var blinded = 0;
        foreach (var count in histogram[BlindedFrom..])
        {
            blinded += count;
        }

        return bright < DarkBelow || bright - dark < FlatBelow || blinded > samples * BlindedShare;
    }

    /// <summary>The value of the sample at this place when all are sorted.</summary>
    private static int Percentile(ReadOnlySpan<int> histogram, int place)
    {
        var seen = 0;
        var value = 0;
        for (; value < histogram.Length - 1; value++)
        {
            seen += histogram[value];
            if (seen > place)
            {
                break;
            }
        }

        return value;
    }
}
