using CabinMood.Core.Songs;
using CabinMood.Core.Songs.Catalogue;

namespace CabinMood.Core.Tests.Songs;

/// <summary>Catalogues of any size whose numbers follow from a seed.</summary>
internal static class RandomCatalogue
{
    public static SongCatalogue Of(int songs, ulong seed)
    {
        var random = seed;
        var builder = new SongCatalogueBuilder(songs);
        for (var i = 0; i < songs; i++)
        {
            builder.Add(new Song(
                $"s{i:0000000}", "Name", $"Artist {(int)(Next(ref random) * songs / 4)}", "Album", "x:", 200_000,
                MoodLabels.All[1 + (int)(Next(ref random) * 4)],
                Next(ref random), Next(ref random), 60 + 120 * Next(ref random), -20 * Next(ref random), 100 * Next(ref random),
                Next(ref random) < 0.5 ? "en" : "")
            {
                Audio = new AudioFeatures(Next(ref random), Next(ref random), Next(ref random), Next(ref random), Next(ref random)),
            });
        }

        return builder.Build("");
    }

    // As a float the largest fractions would be 1.
    private static float Next(ref ulong random) => Math.Min((float)SplitMix64.NextFraction(ref random), MathF.BitDecrement(1));
}
