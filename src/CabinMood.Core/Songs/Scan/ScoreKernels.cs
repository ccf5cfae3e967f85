using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using CabinMood.Core.Songs.Catalogue;

namespace CabinMood.Core.Songs.Scan;

/// <summary>
/// The arithmetic of a scan, many songs at a time. Lengths are checked once per call. Optimised from the first call on: a
/// driver's first song after a start must not wait for the compiler to notice that these loops matter.
/// </summary>
internal static class ScoreKernels
{
    /// <summary>scores = constant - cost x squared distance to the target.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Distance(ReadOnlySpan<float> valences, ReadOnlySpan<float> energies, SongWeights weights, Span<float> scores)
    {
        Check(valences.Length == scores.Length && energies.Length == scores.Length);
        var v = MemoryMarshal.Cast<float, Vector<float>>(valences);
        var e = MemoryMarshal.Cast<float, Vector<float>>(energies);
        var s = MemoryMarshal.Cast<float, Vector<float>>(scores);
        var targetValence = new Vector<float>(weights.Target.Valence);
        var targetEnergy = new Vector<float>(weights.Target.Energy);
        var constant = new Vector<float>(weights.Constant);
        var cost = new Vector<float>(weights.DistanceCost);
        for (var i = 0; i < s.Length; i++)
        {
            var valence = v[i] - targetValence;
            var energy = e[i] - targetEnergy;
            s[i] = constant - cost * (valence * valence + energy * energy);
        }

        for (var i = s.Length * Vector<float>.Count; i < scores.Length; i++)
        {
            var valence = valences[i] - weights.Target.Valence;
            var energy = energies[i] - weights.Target.Energy;
            scores[i] = weights.Constant - weights.DistanceCost * (valence * valence + energy * energy);
        }
    }

    /// <summary>scores += what the table says of each song's cell.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void AddPlane(ReadOnlySpan<ushort> cells, ReadOnlySpan<float> plane, Span<float> scores)
    {
        Check(cells.Length == scores.Length && plane.Length == PlaneCells.Count);
        // A look into a table of 4 KB, which stays in the nearest cache: gather instructions are no faster.
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] += plane[cells[i]];
        }
    }

    /// <summary>scores += the weights x the sound columns, from a song on: all columns at once, so that each score is read and written once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void AddSounds(byte[][] columns, int start, ReadOnlySpan<float> weights, Span<float> scores)
    {
        Check(columns.Length == weights.Length);
        foreach (var column in columns)
        {
            Check(start >= 0 && column.Length - start >= scores.Length);
        }

        var done = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            ref var target = ref MemoryMarshal.GetReference(scores);
            for (; done + 16 <= scores.Length; done += 16)
            {
                var low = Vector256.LoadUnsafe(ref target, (nuint)done);
                var high = Vector256.LoadUnsafe(ref target, (nuint)(done + 8));
                for (var column = 0; column < columns.Length; column++)
                {
                    var bytes = Vector128.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(columns[column]), (nuint)(start + done));
                    var (first, second) = Vector256.Widen(Vector256.Create(Vector128.WidenLower(bytes), Vector128.WidenUpper(bytes)));
                    // Bytes are the same numbers signed and unsigned; only the signed conversion is one instruction everywhere.
                    low += Vector256.ConvertToSingle(first.AsInt32()) * weights[column];
                    high += Vector256.ConvertToSingle(second.AsInt32()) * weights[column];
                }

                low.StoreUnsafe(ref target, (nuint)done);
                high.StoreUnsafe(ref target, (nuint)(done + 8));
            }
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            ref var target = ref MemoryMarshal.GetReference(scores);
            for (; done + 8 <= scores.Length; done += 8)
            {
                var low = Vector128.LoadUnsafe(ref target, (nuint)done);
                var high = Vector128.LoadUnsafe(ref target, (nuint)(done + 4));
                for (var column = 0; column < columns.Length; column++)
                {
                    var bytes = Vector64.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(columns[column]), (nuint)(start + done));
                    var words = Vector128.WidenLower(Vector128.Create(bytes, bytes));
                    low += Vector128.ConvertToSingle(Vector128.WidenLower(words).AsInt32()) * weights[column];
                    high += Vector128.ConvertToSingle(Vector128.WidenUpper(words).AsInt32()) * weights[column];
                }

                low.StoreUnsafe(ref target, (nuint)done);
                high.StoreUnsafe(ref target, (nuint)(done + 4));
            }
        }

        for (; done < scores.Length; done++)
        {
            for (var column = 0; column < columns.Length; column++)
            {
                scores[done] += weights[column] * columns[column][start + done];
            }
        }
    }

    private static void Check(bool lengthsAgree)
    {
        if (!lengthsAgree)
        {
            throw new ArgumentException("The spans differ in length.");
        }
    }
}
