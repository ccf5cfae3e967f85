using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CabinMood.Vision.Pixels;

/// <summary>
/// The inner loops of resizing and normalising; plain twins stand in the tests. They are compiled in full at their first
/// call: where one core is shared, the background compiler may come many seconds late.
/// </summary>
internal static class PixelKernels
{
    /// <summary>target[x] = sum over k of rows[k * stride + x] * weights[k].</summary>
    /// <param name="rows">Pixels; the first row begins at 0.</param>
    /// <param name="stride">Bytes from one row to the next.</param>
    /// <param name="weights">One per row.</param>
    /// <param name="target">As many pixels as are wanted of each row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void WeighRows(ReadOnlySpan<byte> rows, int stride, ReadOnlySpan<float> weights, Span<float> target)
    {
        if (rows.Length < (stride * (weights.Length - 1)) + target.Length)
        {
            throw new ArgumentException("There are fewer rows than weights.", nameof(rows));
        }

        ref var from = ref MemoryMarshal.GetReference(rows);
        ref var to = ref MemoryMarshal.GetReference(target);
        var x = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            for (; x <= target.Length - Vector128<byte>.Count; x += Vector128<byte>.Count)
            {
                var (left, right) = (Vector256<float>.Zero, Vector256<float>.Zero);
                for (var k = 0; k < weights.Length; k++)
                {
                    var weight = Vector256.Create(weights[k]);
                    var (low, high) = Vector128.Widen(Vector128.LoadUnsafe(ref from, (nuint)((k * stride) + x)));
                    var (a, b) = Vector256.Widen(Vector256.Create(low, high));
                    left = Vector256.MultiplyAddEstimate(Vector256.ConvertToSingle(a.AsInt32()), weight, left);
                    right = Vector256.MultiplyAddEstimate(Vector256.ConvertToSingle(b.AsInt32()), weight, right);
                }

                left.StoreUnsafe(ref to, (nuint)x);
                right.StoreUnsafe(ref to, (nuint)x + 8);
            }
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            for (; x <= target.Length - Vector128<ushort>.Count; x += Vector128<ushort>.Count)
            {
                var (left, right) = (Vector128<float>.Zero, Vector128<float>.Zero);
                for (var k = 0; k < weights.Length; k++)
                {
                    var weight = Vector128.Create(weights[k]);
                    var eight = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref from, (k * stride) + x));
                    var (a, b) = Vector128.Widen(Vector128.WidenLower(Vector128.CreateScalarUnsafe(eight).AsByte()));
                    left = Vector128.MultiplyAddEstimate(Vector128.ConvertToSingle(a.AsInt32()), weight, left);
                    right = Vector128.MultiplyAddEstimate(Vector128.ConvertToSingle(b.AsInt32()), weight, right);
                }

                left.StoreUnsafe(ref to, (nuint)x);
                right.StoreUnsafe(ref to, (nuint)x + 4);
            }
        }

        for (; x < target.Length; x++)
        {
            var sum = 0f;
            for (var k = 0; k < weights.Length; k++)
            {
                sum += rows[(k * stride) + x] * weights[k];
            }

            target[x] = sum;
        }
    }

    /// <summary>Each target pixel becomes the weighted sum of its source columns.</summary>
    /// <param name="source">As many columns as the table was computed for.</param>
    /// <param name="table">Which columns, and their weights.</param>
    /// <param name="target">As many pixels as the table has targets.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void WeighColumns(ReadOnlySpan<float> source, ResampleTable table, Span<float> target)
    {
        if (target.Length != table.TargetLength || source.Length < table.SourceLength)
        {
            throw new ArgumentException("The table is for other lengths.", nameof(table));
        }

        ref var from = ref MemoryMarshal.GetReference(source);
        var x = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            for (; x <= target.Length - Vector128<float>.Count; x += Vector128<float>.Count)
            {
                ref var first = ref Unsafe.Add(ref from, table.Start(x));
                ref var second = ref Unsafe.Add(ref from, table.Start(x + 1));
                ref var third = ref Unsafe.Add(ref from, table.Start(x + 2));
                ref var fourth = ref Unsafe.Add(ref from, table.Start(x + 3));
                var sum = Vector128<float>.Zero;
                for (var tap = 0; tap < table.Taps; tap++)
                {
                    var pixels = Vector128.Create(
                        Unsafe.Add(ref first, tap), Unsafe.Add(ref second, tap), Unsafe.Add(ref third, tap), Unsafe.Add(ref fourth, tap));
                    sum = Vector128.MultiplyAddEstimate(pixels, Vector128.Create(table.WeightsOfTap(tap)[x..]), sum);
                }

                sum.CopyTo(target[x..]);
            }
        }

        for (; x < target.Length; x++)
        {
            var sum = 0f;
            for (var tap = 0; tap < table.Taps; tap++)
            {
                sum += source[table.Start(x) + tap] * table.WeightsOfTap(tap)[x];
            }

            target[x] = sum;
        }
    }

    /// <summary>target = source * gain + offset.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
}
