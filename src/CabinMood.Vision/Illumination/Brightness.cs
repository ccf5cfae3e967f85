using CabinMood.Vision.Capture;

namespace CabinMood.Vision.Illumination;

/// <summary>The mean brightness of a frame, from a coarse grid of its pixels.</summary>
public static class Brightness
{
    private const int Columns = 32;
    private const int Rows = 24;

    /// <summary>Mean grey value, 0 to 255.</summary>
    public static float Of(in Frame frame)
    {
        var columns = Math.Min(Columns, frame.Width);
        var rows = Math.Min(Rows, frame.Height);
        var sum = 0;
        for (var row = 0; row < rows; row++)
        {
            // The middle of each cell.
            var line = frame.Row(((2 * row) + 1) * frame.Height / (2 * rows));
            for (var column = 0; column < columns; column++)
            {
                sum += line[((2 * column) + 1) * frame.Width / (2 * columns)];
            }
        }

        return sum / (float)(rows * columns);
    }
}
