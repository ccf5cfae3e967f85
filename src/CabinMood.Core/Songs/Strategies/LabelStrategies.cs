using CabinMood.Core.Moods;
using CabinMood.Core.Songs.Catalogue;
using CabinMood.Core.Songs.Scan;

namespace CabinMood.Core.Songs.Strategies;

/// <summary>The ways of the papers that choose by the catalogue's own labels.</summary>
internal static class LabelStrategies
{
    /// <summary>One to play, three to announce.</summary>
    private const int Wanted = 4;

    // As many of the most popular songs as the papers play.
    private const int Top = 5;

    /// <summary>
    /// The label that the papers play for a mood: happy and sad faces get happy songs, fear and anger calm ones, surprise
    /// and neutral energetic ones. Disgust, which they answer with sad songs, is part of tense here.
    /// </summary>
    internal static byte LabelFor(Mood mood) => MoodLabels.PlaceOf(mood switch
    {
        Mood.Happy or Mood.Sad => "Happy",
        Mood.Tense or Mood.Calm => "Calm",
        _ => "Energetic",
    });

    /// <summary>Random songs of the label.</summary>
    internal static IReadOnlyList<int> Random(SongCatalogue songs, byte label, SongAdmission admission, ref ulong seed)
    {
        var drawn = new RandomSample(Wanted);
        for (var i = 0; i < songs.Count; i++)
        {
            if (songs.MoodLabelPlaces[i] == label && admission.Admits(i))
            {
                drawn.Offer(i, ref seed);
            }
        }

        return drawn.Shuffled(ref seed);
    }

    /// <summary>Of the label's five most popular songs, one after another by chance.</summary>
    internal static IReadOnlyList<int> Popular(SongCatalogue songs, byte label, SongAdmission admission, ref ulong seed)
    {
        var top = new Shortlist(Top);
        for (var i = 0; i < songs.Count; i++)
        {
            if (songs.MoodLabelPlaces[i] == label && admission.Admits(i))
            {
                top.Offer(i, songs.Popularity[i]);
            }
        }

        var drawn = new RandomSample(Wanted);
        foreach (var (_, song) in top.Ordered())
        {
            drawn.Offer(song, ref seed);
        }

        return drawn.Shuffled(ref seed);
    }

    /// <summary>Random songs of the label by the named artists; without any, in the named languages; without any, of the label.</summary>
    internal static IReadOnlyList<int> Taste(SongCatalogue songs, byte label, Taste taste, SongAdmission admission, ref ulong seed)
    {
        var artists = taste.Artists.Select(songs.ArtistPlaceOf).ToHashSet();
        var languages = songs.Languages.Select(language => taste.Languages.Contains(language, StringComparer.OrdinalIgnoreCase)).ToArray();
        RandomSample[] tiers = [new(Wanted), new(Wanted), new(Wanted)];
        for (var i = 0; i < songs.Count; i++)
        {
            if (songs.MoodLabelPlaces[i] == label && admission.Admits(i))
            {
                var tier = artists.Contains(songs.ArtistPlaces[i]) ? 0 : languages[songs.LanguagePlaces[i]] ? 1 : 2;
                tiers[tier].Offer(i, ref seed);
            }
        }

        var all = new List<int>();
        foreach (var tier in tiers)
        {
            all.AddRange(tier.Shuffled(ref seed));
        }

        return all.Count > Wanted ? all[..Wanted] : all;
    }
}
