using CabinMood.Core.Songs.Catalogue;

namespace CabinMood.Core.Songs.Strategies;

/// <summary>How differently two songs sound: the root of the mean squared difference of their features, each scaled to 0 to 1.</summary>
public static class SoundDistance
{
    /// <summary>0 for songs that sound the same, 1 for opposites in everything. Popularity is no sound and does not count.</summary>
    public static double Between(SongCatalogue songs, int a, int b)
    {
        Span<float> profile = stackalloc float[ProfileLength];
        ProfileOf(songs, a, profile);
        return Math.Sqrt(SquaredTo(songs, b, profile));
    }

    internal const int ProfileLength = 2 + SoundColumns.Count;

    /// <summary>A song's features, 0 to 1 each.</summary>
    internal static void ProfileOf(SongCatalogue songs, int song, Span<float> profile)
    {
        profile[0] = songs.Valence[song];
        profile[1] = songs.Energy[song];
        for (var column = 0; column < SoundColumns.Count; column++)
        {
            profile[2 + column] = songs.Sound((SoundColumn)column)[song] / 255f;
        }
    }

    /// <summary>The squared distance of a song from a profile.</summary>
    internal static float SquaredTo(SongCatalogue songs, int song, ReadOnlySpan<float> profile)
    {
        var sum = Squared(songs.Valence[song] - profile[0]) + Squared(songs.Energy[song] - profile[1]);
        for (var column = 0; column < SoundColumns.Count; column++)
        {
            if (column != (int)SoundColumn.Popularity)
            {
                sum += Squared(songs.Sound((SoundColumn)column)[song] / 255f - profile[2 + column]);
            }
        }

        return sum / (ProfileLength - 1);
    }

    private static float Squared(float value) => value * value;
}
