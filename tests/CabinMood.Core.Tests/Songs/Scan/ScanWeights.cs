using CabinMood.Core.Songs;
using CabinMood.Core.Songs.Scan;

namespace CabinMood.Core.Tests.Songs.Scan;

/// <summary>Weights for tests of the scan.</summary>
internal static class ScanWeights
{
    /// <summary>Every part counts, and neighbours on the plane differ.</summary>
    public static SongWeights Wavy()
    {
        var weights = new SongWeights { Target = new TargetPoint(0.4f, 0.6f), Constant = 0.5f, DistanceCost = 1.2f };
        for (var i = 0; i < weights.Plane.Length; i++)
        {
            weights.Plane[i] = 0.1f * MathF.Sin(i);
        }

        for (var i = 0; i < weights.Sounds.Length; i++)
        {
            weights.Sounds[i] = (i - 3) * 0.0003f;
        }

        return weights;
    }

    /// <summary>Any weights: parts of very different size, some of them absent.</summary>
    public static SongWeights Any(int seed)
    {
        var random = new Random(seed);
        var weights = new SongWeights
        {
            Target = new TargetPoint(random.NextSingle(), random.NextSingle()),
            Constant = Size(random),
            DistanceCost = MathF.Abs(Size(random)),
        };
        var plane = Size(random);
        for (var i = 0; i < weights.Plane.Length; i++)
        {
            weights.Plane[i] = plane * random.NextSingle();
        }

        for (var i = 0; i < weights.Sounds.Length; i++)
        {
            weights.Sounds[i] = Size(random) / 100;
        }

        return weights;
    }

    // 0, or a millionth to a hundred, up or down.
    private static float Size(Random random) =>
        random.Next(4) == 0 ? 0 : (random.Next(2) * 2 - 1) * MathF.Pow(10, -6 + 8 * random.NextSingle());
}
