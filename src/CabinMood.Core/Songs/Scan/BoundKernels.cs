using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CabinMood.Core.Songs.Scan;

/// <summary>
/// The arithmetic of <see cref="ScoreBounds"/>, many songs at a time, in as wide vectors as the processor has. Sums wrap
/// around. Optimised from the first call on: a driver's first song after a start must not wait for the compiler to notice
/// that these loops matter.
/// </summary>
internal static class BoundKernels
{
    /// <summary>bounds = what a table says of each song's place.</summary>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Look(ReadOnlySpan<short> table, ReadOnlySpan<ushort> places, Span<short> bounds)
    {
        Check(places.Length, bounds.Length);
        // The table of cells has 2 KB and stays in the nearest cache: gather instructions are no faster.
        for (var i = 0; i < bounds.Length; i++)
        {
            bounds[i] = table[places[i]];
        }
    }

    /// <summary>bounds -= what a table says of each song's place.</summary>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Subtract(ReadOnlySpan<short> table, ReadOnlySpan<ushort> places, Span<short> bounds)
    {
        Check(places.Length, bounds.Length);
        for (var i = 0; i < bounds.Length; i++)
        {
            bounds[i] = unchecked((short)(bounds[i] - table[places[i]]));
        }
    }

    /// <summary>bounds += weight x each song's byte.</summary>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Add(short weight, ReadOnlySpan<byte> sounds, Span<short> bounds)
    {
        Check(sounds.Length, bounds.Length);
        var bytes = MemoryMarshal.Cast<byte, Vector<byte>>(sounds);
        var sums = MemoryMarshal.Cast<short, Vector<short>>(bounds);
        var weights = new Vector<short>(weight);
        for (var i = 0; i < bytes.Length; i++)
        {
            Vector.Widen(bytes[i], out var low, out var high);
            sums[2 * i] += low.As<ushort, short>() * weights;
            sums[2 * i + 1] += high.As<ushort, short>() * weights;
        }

        for (var i = bytes.Length * Vector<byte>.Count; i < bounds.Length; i++)
        {
            bounds[i] = unchecked((short)(bounds[i] + weight * sounds[i]));
        }
    }

    /// <summary>The first of the bounds, from one on, that reaches a limit; their number when none does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static int NextFrom(int start, ReadOnlySpan<short> bounds, short limit)
    {
        var limits = new Vector<short>(limit);
        var i = start;
        while (i <= bounds.Length - Vector<short>.Count && Vector.LessThanAll(new Vector<short>(bounds[i..]), limits))
        {
            i += Vector<short>.Count;
        }

        while (i < bounds.Length && bounds[i] < limit)
        {
            i++;
        }

        return i;
    }

    private static void Check(int length, int expected)
    {
        if (length != expected)
        {
            throw new ArgumentException("The spans differ in length.");
        }
    }
}
