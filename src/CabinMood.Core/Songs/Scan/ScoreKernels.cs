using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using CabinMood.Core.Songs.Catalogue;

namespace CabinMood.Core.Songs.Scan;

/// <summary>The arithmetic of a scan, many songs at a time. Lengths are checked once per call.</summary>
internal static class ScoreKernels
{
    /// <summary>scores = constant - cost x squared distance to the target.</summary>
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
    internal static void AddPlane(ReadOnlySpan<ushort> cells, ReadOnlySpan<float> plane, Span<float> scores)
    {
        Check(cells.Length == scores.Length && plane.Length == PlaneCells.Count);
        // A look into a table of 4 KB, which stays in the nearest cache: gather instructions are no faster.
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] += plane[cells[i]];
        }
    }

    /// <summary>scores += weight x column.</summary>
    internal static void AddWeighted(ReadOnlySpan<byte> column, float weight, Span<float> scores)
    {
        Check(column.Length == scores.Length);
        var done = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            ref var source = ref MemoryMarshal.GetReference(column);
            ref var target = ref MemoryMarshal.GetReference(scores);
            for (; done + Vector128<byte>.Count <= column.Length; done += Vector128<byte>.Count)
            {
                var bytes = Vector128.LoadUnsafe(ref source, (nuint)done);
                var (low, high) = Vector128.Widen(bytes);
                Add(Vector128.WidenLower(low), weight, ref target, done);
                Add(Vector128.WidenUpper(low), weight, ref target, done + 4);
                Add(Vector128.WidenLower(high), weight, ref target, done + 8);
                Add(Vector128.WidenUpper(high), weight, ref target, done + 12);
            }
        }

        for (; done < column.Length; done++)
        {
            scores[done] += weight * column[done];
        }
    }

    private static void Add(Vector128<uint> values, float weight, ref float target, int at)
    {
        // Bytes are the same numbers signed and unsigned; only the signed conversion is one instruction everywhere.
        var sum = Vector128.LoadUnsafe(ref target, (nuint)at) + Vector128.ConvertToSingle(values.AsInt32()) * weight;
        sum.StoreUnsafe(ref target, (nuint)at);
    }

    private static void Check(bool lengthsAgree)
    {
        if (!lengthsAgree)
        {
            throw new ArgumentException("The spans differ in length.");
        }
    }
}
