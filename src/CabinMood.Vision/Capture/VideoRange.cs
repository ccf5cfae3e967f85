using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CabinMood.Vision.Capture;

/// <summary>
/// Turns video-range luma (16 black, 235 white: ITU-R BT.601 and BT.709) into full range, which the nets learnt from.
/// GStreamer's videoconvert copies the plane unchanged when it makes grey of it.
/// </summary>
internal static class VideoRange
{
    private const byte Black = 16;
    private const byte Range = 219;

    // 255/219 in 256ths; 219 * 298 + 128 just fits 16 bits.
    private const ushort Gain = 298;
    private const ushort Half = 128;

    /// <summary>Expands a row; what lies beyond black or white is cut off.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Expand(ReadOnlySpan<byte> source, Span<byte> target)
    {
        if (source.Length != target.Length)
        {
            throw new ArgumentException("Source and target differ in length.", nameof(target));
        }

        ref var from = ref MemoryMarshal.GetReference(source);
        ref var to = ref MemoryMarshal.GetReference(target);
        var x = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            var black = Vector128.Create(Black);
            var range = Vector128.Create(Range);
            for (; x <= source.Length - Vector128<byte>.Count; x += Vector128<byte>.Count)
            {
                var above = Vector128.Min(Vector128.Max(Vector128.LoadUnsafe(ref from, (nuint)x), black) - black, range);
                var (low, high) = Vector128.Widen(above);
                Vector128.Narrow(Scale(low), Scale(high)).StoreUnsafe(ref to, (nuint)x);
            }
        }

        for (; x < source.Length; x++)
        {
            target[x] = (byte)(((Math.Clamp(source[x] - Black, 0, Range) * Gain) + Half) >> 8);
        }
    }

    private static Vector128<ushort> Scale(Vector128<ushort> above) =>
        ((above * Vector128.Create(Gain)) + Vector128.Create(Half)) >>> 8;
}
