using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using CabinMood.Core.Faces;
using CabinMood.Vision.Capture;
using CabinMood.Vision.ModelCards;

namespace CabinMood.Vision.Recognition;

/// <summary>
/// Turns, scales and shifts a face so that its five landmarks lie where the emotion net expects them, and normalises it in
/// the same pass. A face that is much larger than the net's input is averaged down first, so nothing aliases. Beyond the
/// frame its edge is repeated. Not thread-safe.
/// </summary>
public sealed class FaceAligner
{
    private readonly int _width;
    private readonly int _height;
    private readonly Vector2[] _template;
    private readonly float[] _gains;
    private readonly float[] _offsets;
    private readonly FaceLevel _level;
    private readonly float[] _row;

    /// <summary>Prepares the template and all memory.</summary>
    public FaceAligner(EmotionCard card)
    {
        ArgumentNullException.ThrowIfNull(card);
        _width = card.Input.Width ?? throw new ArgumentException("The card gives no width.", nameof(card));
        _height = card.Input.Height ?? throw new ArgumentException("The card gives no height.", nameof(card));
        _template = [.. card.Alignment.Select(point => new Vector2(point[0], point[1]))];
        _gains = [.. card.Input.Std.Select(std => 1 / std)];
        _offsets = [.. card.Input.Mean.Zip(card.Input.Std, (mean, std) => -mean / std)];
        _level = new FaceLevel(_width, _height);
        _row = new float[_width];
    }

    /// <summary>Writes the aligned face.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="landmarks">In pixels of the frame.</param>
    /// <param name="planes">float32 NCHW [1,C,height,width] of the card's input.</param>
    public void Align(in Frame frame, FaceLandmarks landmarks, Span<float> planes) =>
        Sample(frame, Similarity.Between(landmarks, _template).Inverse(), planes);

    /// <summary>How many pixels of the frame one pixel of the aligned face covers, along one side.</summary>
    internal float ScaleOf(FaceLandmarks landmarks) => 1 / Similarity.Between(landmarks, _template).Scale;

    /// <summary>Writes a picture that is framed already: only its width is brought to that of the input.</summary>
    internal void Fit(in Frame picture, Span<float> planes) =>
        Sample(picture, new Similarity((float)picture.Width / _width, 0, 0, 0), planes);

    private void Sample(in Frame frame, Similarity cropToFrame, Span<float> planes)
    {
        var plane = _width * _height;
        if (planes.Length != _gains.Length * plane)
        {
            throw new ArgumentException($"{planes.Length} numbers are no input of {_gains.Length}x{_height}x{_width}.", nameof(planes));
        }

        // Crop pixels to pixels of the level, between pixel centres.
        var toLevel = _level.Fill(frame, cropToFrame);
        for (var y = 0; y < _height; y++)
        {
            SampleRow(_level.Pixels, _level.Stride, toLevel.Apply(new Vector2(0.5f, y + 0.5f)), new Vector2(toLevel.Cos, toLevel.Sin), _row);
            for (var channel = 0; channel < _gains.Length; channel++)
            {
                Pixels.PixelKernels.Normalise(
                    _row, _gains[channel], _offsets[channel], planes.Slice((channel * plane) + (y * _width), _width));
            }
        }
    }

    /// <summary>Bilinear samples along a line. The level holds every pixel that the line touches, and one more.</summary>
    /// <param name="pixels">The level.</param>
    /// <param name="stride">Numbers from one row to the next.</param>
    /// <param name="start">The first sample's place between pixel centres: (0,0) is the first pixel's centre.</param>
    /// <param name="step">From one sample to the next.</param>
    /// <param name="target">The samples.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void SampleRow(ReadOnlySpan<float> pixels, int stride, Vector2 start, Vector2 step, Span<float> target)
    {
        RequireInside(pixels, stride, start);
        RequireInside(pixels, stride, start + (step * (target.Length - 1)));
        ref var origin = ref MemoryMarshal.GetReference(pixels);
        var x = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            for (; x <= target.Length - Vector128<float>.Count; x += Vector128<float>.Count)
            {
                var places = Vector128.Create((float)x, x + 1, x + 2, x + 3);
                var xs = (places * step.X) + Vector128.Create(start.X);
                var ys = (places * step.Y) + Vector128.Create(start.Y);
                // Places are never negative, so cutting off rounds down.
                var columns = Vector128.ConvertToInt32(xs);
                var rows = Vector128.ConvertToInt32(ys);
                var right = xs - Vector128.ConvertToSingle(columns);
                var down = ys - Vector128.ConvertToSingle(rows);
                var first = (rows * stride) + columns;
                var top = Lerp(Gather(ref origin, first), Gather(ref origin, first + Vector128<int>.One), right);
                first += Vector128.Create(stride);
                var bottom = Lerp(Gather(ref origin, first), Gather(ref origin, first + Vector128<int>.One), right);
                Lerp(top, bottom, down).CopyTo(target[x..]);
            }
        }

        for (; x < target.Length; x++)
        {
            var place = start + (step * x);
            var column = (int)place.X;
            var row = (int)place.Y;
            var first = (row * stride) + column;
            var top = float.Lerp(pixels[first], pixels[first + 1], place.X - column);
            var bottom = float.Lerp(pixels[first + stride], pixels[first + stride + 1], place.X - column);
            target[x] = float.Lerp(top, bottom, place.Y - row);
        }
    }

    private static Vector128<float> Lerp(Vector128<float> from, Vector128<float> to, Vector128<float> share) => from + ((to - from) * share);

    private static Vector128<float> Gather(ref float origin, Vector128<int> places) => Vector128.Create(
        Unsafe.Add(ref origin, places[0]),
        Unsafe.Add(ref origin, places[1]),
        Unsafe.Add(ref origin, places[2]),
        Unsafe.Add(ref origin, places[3]));

    /// <summary>A straight line is inside when its ends are; a margin of a tenth of a pixel covers rounding along it.</summary>
    private static void RequireInside(ReadOnlySpan<float> pixels, int stride, Vector2 place)
    {
        var rows = pixels.Length / stride;
        if (!(place.X >= 0.1f && place.Y >= 0.1f && place.X <= stride - 1.1f && place.Y <= rows - 1.1f))
        {
            throw new ArgumentOutOfRangeException(nameof(place), place, "The sample lies outside the level.");
        }
    }
}
