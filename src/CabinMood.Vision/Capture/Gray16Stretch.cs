using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CabinMood.Vision.Capture;

/// <summary>
/// Turns 16-bit grey into 8-bit: what lies between two percentiles of the picture fills 0..255. The percentiles move
/// slowly, so that the nets see no flicker. Works for every number of used bits, since it looks at the picture and not
/// at the format (10-bit data in 16-bit words would turn black if only the high byte were kept). Not thread-safe.
/// </summary>
public sealed class Gray16Stretch
{
    /// <summary>Where the darkest and brightest shown values lie among the sorted samples: a few hot or dead pixels do not count.</summary>
    private const double LowPercentile = 0.01;
    private const double HighPercentile = 0.99;

    /// <summary>How far the percentiles follow a frame's own: after 30 frames (1 s) a step is followed by 95 %.</summary>
    private const float FollowPerFrame = 0.1f;

    /// <summary>Less range than this would only amplify noise.</summary>
    private const float SmallestRange = 64;

    private const int SampleColumns = 64;
    private const int SampleRows = 48;

    private readonly ushort[] _samples = new ushort[SampleColumns * SampleRows];
    private bool _started;

    /// <summary>The value shown as 0.</summary>
    public float Low { get; private set; }

    /// <summary>The value shown as 255.</summary>
    public float High { get; private set; }

    /// <summary>Forgets the percentiles: the next frame sets them by itself.</summary>
    public void Reset() => _started = false;

    /// <summary>Moves the percentiles towards those of this frame.</summary>
    /// <param name="pixels">GRAY16_LE rows.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="stride">Bytes from one row to the next.</param>
    public void Observe(ReadOnlySpan<byte> pixels, int width, int height, int stride)
    {
        var columns = Math.Min(width, SampleColumns);
        var rows = Math.Min(height, SampleRows);
        var samples = _samples.AsSpan(0, columns * rows);
        for (var row = 0; row < rows; row++)
        {
            var line = pixels[(int)((long)row * height / rows * stride)..];
            for (var column = 0; column < columns; column++)
            {
                samples[(row * columns) + column] = BinaryPrimitives.ReadUInt16LittleEndian(line[(column * width / columns * sizeof(ushort))..]);
            }
        }

        samples.Sort();
        var low = (float)samples[(int)(LowPercentile * (samples.Length - 1))];
        var high = (float)samples[(int)(HighPercentile * (samples.Length - 1))];
        Low = _started ? Low + ((low - Low) * FollowPerFrame) : low;
        High = _started ? High + ((high - High) * FollowPerFrame) : high;
        _started = true;
    }

    /// <summary>Stretches one row with the current percentiles.</summary>
    /// <param name="source">GRAY16_LE, two bytes a pixel.</param>
    /// <param name="target">As many pixels.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Apply(ReadOnlySpan<byte> source, Span<byte> target)
    {
        var gain = 255f / MathF.Max(High - Low, SmallestRange);
        var offset = (-Low * gain) + 0.5f;
        var words = MemoryMarshal.Cast<byte, ushort>(source);
        if (words.Length < target.Length)
        {
            throw new ArgumentException("The row holds fewer pixels than the target.", nameof(source));
        }

        var x = 0;
        if (Vector128.IsHardwareAccelerated && BitConverter.IsLittleEndian)
        {
            var gains = Vector128.Create(gain);
            var offsets = Vector128.Create(offset);
            var white = Vector128.Create(255f);
            for (; x <= target.Length - Vector128<byte>.Count; x += Vector128<byte>.Count)
            {
                var (a, b) = Vector128.Widen(Vector128.Create(words[x..]));
                var (c, d) = Vector128.Widen(Vector128.Create(words[(x + Vector128<ushort>.Count)..]));
                var front = Vector128.Narrow(Scale(a), Scale(b));
                var back = Vector128.Narrow(Scale(c), Scale(d));
                Vector128.Narrow(front, back).CopyTo(target[x..]);
            }

            Vector128<uint> Scale(Vector128<uint> values) => Vector128.ConvertToInt32(
                Vector128.Min(
                    Vector128.Max((Vector128.ConvertToSingle(values.AsInt32()) * gains) + offsets, Vector128<float>.Zero),
                    white)).AsUInt32();
        }

        for (; x < target.Length; x++)
        {
            var value = BinaryPrimitives.ReadUInt16LittleEndian(source[(x * sizeof(ushort))..]);
            target[x] = (byte)Math.Clamp((value * gain) + offset, 0f, 255f);
        }
    }
}
