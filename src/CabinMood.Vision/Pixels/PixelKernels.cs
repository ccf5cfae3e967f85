using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CabinMood.Vision.Pixels;

/// <summary>The inner loops of resizing and normalising; plain twins stand in the tests.</summary>
internal static class PixelKernels
{
    /// <summary>target = source * weight.</summary>
    public static void Scale(ReadOnlySpan<byte> source, float weight, Span<float> target) => Accumulate(source, weight, target, keep: false);

    /// <summary>target += source * weight.</summary>
    public static void AddScaled(ReadOnlySpan<byte> source, float weight, Span<float> target) => Accumulate(source, weight, target, keep: true);

    /// <summary>Each target pixel becomes the weighted sum of its source columns.</summary>
    public static void SumColumns(ReadOnlySpan<float> source, ResampleTable table, Span<float> target)
    {
        for (var x = 0; x < target.Length; x++)
        {
            var weights = table.Weights(x);
            var pixels = source.Slice(table.Start(x), weights.Length);
            var sum = 0f;
            for (var k = 0; k < weights.Length; k++)
            {
                sum += pixels[k] * weights[k];
            }

            target[x] = sum;
        }
    }

    /// <summary>target = source * gain + offset.</summary>
    public static void Normalise(ReadOnlySpan<float> source, float gain, float offset, Span<float> target)
    {
        if (target.Length != source.Length)
        {
            throw new ArgumentException("Source and target differ in length.", nameof(target));
        }

        ref var from = ref MemoryMarshal.GetReference(source);
        ref var to = ref MemoryMarshal.GetReference(target);
        var x = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            var gains = Vector128.Create(gain);
            var offsets = Vector128.Create(offset);
            for (; x <= source.Length - Vector128<float>.Count; x += Vector128<float>.Count)
            {
                ((Vector128.LoadUnsafe(ref from, (nuint)x) * gains) + offsets).StoreUnsafe(ref to, (nuint)x);
            }
        }

        for (; x < source.Length; x++)
        {
            target[x] = (source[x] * gain) + offset;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Accumulate(ReadOnlySpan<byte> source, float weight, Span<float> target, bool keep)
    {
        if (target.Length != source.Length)
        {
            throw new ArgumentException("Source and target differ in length.", nameof(target));
        }

        ref var from = ref MemoryMarshal.GetReference(source);
        ref var to = ref MemoryMarshal.GetReference(target);
        var x = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            var weights = Vector128.Create(weight);
            for (; x <= source.Length - Vector128<byte>.Count; x += Vector128<byte>.Count)
            {
                var (low, high) = Vector128.Widen(Vector128.LoadUnsafe(ref from, (nuint)x));
                var (a, b) = Vector128.Widen(low);
                var (c, d) = Vector128.Widen(high);
                Add(a, ref to, x, weights, keep);
                Add(b, ref to, x + 4, weights, keep);
                Add(c, ref to, x + 8, weights, keep);
                Add(d, ref to, x + 12, weights, keep);
            }
        }

        for (; x < source.Length; x++)
        {
            target[x] = (source[x] * weight) + (keep ? target[x] : 0);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(Vector128<uint> values, ref float to, int x, Vector128<float> weights, bool keep)
    {
        var scaled = Vector128.ConvertToSingle(values.AsInt32()) * weights;
        (keep ? scaled + Vector128.LoadUnsafe(ref to, (nuint)x) : scaled).StoreUnsafe(ref to, (nuint)x);
    }
}
