using System.Numerics;
using System.Runtime.CompilerServices;
using CabinMood.Vision.Capture;
using CabinMood.Vision.Pixels;

namespace CabinMood.Vision.Recognition;

/// <summary>
/// The part of the frame around one face, averaged down by 1, 2, 4, ... so that the aligned crop is at least half as
/// large: bilinear sampling at up to half the size looks at every pixel. The training averages in the same steps.
/// Not thread-safe.
/// </summary>
internal sealed class FaceLevel
{
    /// <summary>Level pixels around the crop: bilinear sampling needs one, the rest is for rounding.</summary>
    private const int Margin = 2;

    /// <summary>The largest shrink; a face a thousand times as large as the crop is no face.</summary>
    private const int LargestShrink = 64;

    private readonly int _cropWidth;
    private readonly int _cropHeight;
    private readonly int _side;
    private readonly float[] _pixels;
    private readonly float[] _rowWeights = new float[LargestShrink];
    private readonly float[] _sums;

    public FaceLevel(int cropWidth, int cropHeight)
    {
        _cropWidth = cropWidth;
        _cropHeight = cropHeight;
        // The crop's diagonal at half its size.
        _side = (int)MathF.Ceiling(2 * MathF.Sqrt((cropWidth * cropWidth) + (cropHeight * cropHeight))) + (2 * Margin) + 2;
        _pixels = new float[_side * _side];
        _sums = new float[_side * LargestShrink];
    }

    public ReadOnlySpan<float> Pixels => _pixels;

    public int Stride => _side;

    /// <summary>Averages the frame down around the crop. Gives the way from crop pixels to places between the level's pixel centres.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="cropToFrame">From pixels of the crop to pixels of the frame.</param>
    public Similarity Fill(in Frame frame, Similarity cropToFrame)
    {
        var shrink = 1;
        while (cropToFrame.Scale > 2 * shrink && shrink < LargestShrink)
        {
            shrink *= 2;
        }

        var map = Tame(cropToFrame, 2 * shrink);
        var (left, top) = LowestCorner(map);
        var originX = (int)MathF.Floor(left / shrink) - Margin;
        var originY = (int)MathF.Floor(top / shrink) - Margin;
        FillPixels(frame, shrink, originX, originY);
        return new Similarity(
            map.Cos / shrink,
            map.Sin / shrink,
            (map.ShiftX / shrink) - originX - 0.5f,
            (map.ShiftY / shrink) - originY - 0.5f);
    }

    /// <summary>
    /// Landmarks that belong to no face may ask for a crop that is far outside the frame or larger than the level. It is
    /// brought near and made small enough: the result means as little as the landmarks, but nothing breaks.
    /// </summary>
    private Similarity Tame(Similarity map, float largestScale)
    {
        // Far outside the frame everything is its edge; so near, a float still tells hundredths of a pixel apart.
        const float far = 65536;
        var middle = new Vector2(_cropWidth, _cropHeight) / 2;
        var center = Vector2.Clamp(map.Apply(middle), new Vector2(-far), new Vector2(far));
        var scale = MathF.Min(1, largestScale / map.Scale);
        var (cos, sin) = (map.Cos * scale, map.Sin * scale);
        return new Similarity(cos, sin, center.X - (cos * middle.X) + (sin * middle.Y), center.Y - (sin * middle.X) - (cos * middle.Y));
    }

    private (float Left, float Top) LowestCorner(Similarity map)
    {
        var a = map.Apply(Vector2.Zero);
        var b = map.Apply(new Vector2(_cropWidth, 0));
        var c = map.Apply(new Vector2(0, _cropHeight));
        var d = map.Apply(new Vector2(_cropWidth, _cropHeight));
        var lowest = Vector2.Min(Vector2.Min(a, b), Vector2.Min(c, d));
        return (lowest.X, lowest.Y);
    }

    private void FillPixels(in Frame frame, int shrink, int originX, int originY)
    {
        // Blocks that are whole; what is left of the frame's right and bottom edge is not worth a block.
        var columns = Math.Max(frame.Width / shrink, 1);
        var rows = Math.Max(frame.Height / shrink, 1);
        shrink = Math.Min(shrink, Math.Min(frame.Width, frame.Height));
        var firstColumn = Math.Clamp(originX, 0, columns - 1);
        var endColumn = Math.Clamp(originX + _side, firstColumn + 1, columns);
        var previous = -1;
        for (var y = 0; y < _side; y++)
        {
            var line = _pixels.AsSpan(y * _side, _side);
            var row = Math.Clamp(originY + y, 0, rows - 1);
            if (row == previous)
            {
                _pixels.AsSpan((y - 1) * _side, _side).CopyTo(line);
                continue;
            }

            previous = row;
            var skip = Math.Clamp(firstColumn - originX, 0, _side - 1);
            var filled = line.Slice(skip, Math.Min(endColumn - firstColumn, _side - skip));
            Average(frame, shrink, firstColumn, row, filled);
            line[..skip].Fill(filled[0]);
            line[(skip + filled.Length)..].Fill(filled[^1]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Average(in Frame frame, int shrink, int firstColumn, int row, Span<float> target)
    {
        var width = target.Length * shrink;
        if (shrink == 1)
        {
            _rowWeights[0] = 1;
            PixelKernels.WeighRows(frame.Row(row).Slice(firstColumn, width), width, _rowWeights.AsSpan(0, 1), target);
            return;
        }

        var sums = _sums.AsSpan(0, width);
        _rowWeights.AsSpan(0, shrink).Fill(1f / (shrink * shrink));
        PixelKernels.WeighRows(
            frame.Luma[((row * shrink * frame.Stride) + (firstColumn * shrink))..], frame.Stride, _rowWeights.AsSpan(0, shrink), sums);
        for (var x = 0; x < target.Length; x++)
        {
            var sum = 0f;
            foreach (var value in sums.Slice(x * shrink, shrink))
            {
                sum += value;
            }

            target[x] = sum;
        }
    }
}
