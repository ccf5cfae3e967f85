using CabinMood.Core.Songs.Catalogue;
using CabinMood.Core.Songs.Learning;
using CabinMood.Core.Songs.Scan;

namespace CabinMood.Core.Songs.Strategies;

/// <summary>The papers' way of playing what sounds like what was liked: nearest by normalised feature distance.</summary>
internal static class SimilarStrategy
{
    private const int Wanted = 4;

    /// <summary>Nearest to the mean of the liked songs, else to the one playing, else to the target.</summary>
    internal static IReadOnlyList<int> Nearest(
        SongCatalogue songs, Preferences learned, int playing, TargetPoint target, SongAdmission admission)
    {
        Span<float> profile = stackalloc float[SoundDistance.ProfileLength];
        Profile(songs, learned, playing, target, profile);
        var nearest = new Shortlist(Wanted);
        for (var i = 0; i < songs.Count; i++)
        {
            if (admission.Admits(i))
            {
                nearest.Offer(i, -SoundDistance.SquaredTo(songs, i, profile));
            }
        }

        return [.. nearest.Ordered().Select(entry => entry.Song)];
    }

    private static void Profile(SongCatalogue songs, Preferences learned, int playing, TargetPoint target, Span<float> profile)
    {
        profile.Clear();
        Span<float> one = stackalloc float[SoundDistance.ProfileLength];
        var liked = 0;
        // In the order of their ids: sums of numbers depend on it.
        foreach (var id in learned.Songs.Keys.Where(id => learned.OfSong(id) > 0).Order(StringComparer.Ordinal))
        {
            if (songs.IndexOf(id) is >= 0 and var song)
            {
                SoundDistance.ProfileOf(songs, song, one);
                for (var i = 0; i < one.Length; i++)
                {
                    profile[i] += one[i];
                }

                liked++;
            }
        }

        if (liked > 0)
        {
            for (var i = 0; i < profile.Length; i++)
            {
                profile[i] /= liked;
            }
        }
        else if (playing >= 0)
        {
            SoundDistance.ProfileOf(songs, playing, profile);
        }
        else
        {
            profile.Fill(0.5f);
            (profile[0], profile[1]) = (target.Valence, target.Energy);
        }
    }
}
