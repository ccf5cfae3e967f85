using CabinMood.Core.Songs.Catalogue;
using CabinMood.Core.Songs.Learning;
using CabinMood.Core.Songs.Scan;

namespace CabinMood.Core.Songs.Strategies;

/// <summary>
/// CabinMood's own way: a scan for the songs that score best (nearness to the target, learned taste, a little
/// popularity, novelty, wishes), then one song after another from this shortlist, each unlike the last ones.
/// </summary>
internal static class TargetStrategy
{
    // Enough for variety, few enough to compare each with each.
    private const int ShortlistSize = 96;

    // What wishes are worth, in rewards: a named artist outweighs a song 0.35 further off the target, a wrong language
    // counts like 0.3, one that is not known half of that.
    private const float NamedArtist = 0.15f;
    private const float WrongLanguage = 0.12f;

    /// <summary>The best songs under the first rules that leave any, best first.</summary>
    internal static IReadOnlyList<(float Score, int Song)> Rank(
        SongCatalogue songs, SongRequest request, SongOptions options, RequestRules rules, TargetPoint target, ref ulong seed)
    {
        var scores = Scores(songs, request, options, rules, target, ref seed);
        foreach (var admission in rules.WithVariety())
        {
            var shortlist = new Shortlist(ShortlistSize);
            SongScan.Run(songs, scores, admission, shortlist);
            if (shortlist.Count > 0)
            {
                return shortlist.Ordered();
            }
        }

        return [];
    }

    private static SongScores Scores(
        SongCatalogue songs, SongRequest request, SongOptions options, RequestRules rules, TargetPoint target, ref ulong seed)
    {
        var context = new ListeningContext(request.Mood, request.Style, request.Daypart, target);
        var learned = options.Learn ? request.Learned : Preferences.None;
        var weights = PreferenceFeatures.Fixed(learned.Draw(options.Exploration, ref seed), context);
        weights.Sounds[(int)SoundColumn.Popularity] += (float)options.Popularity / byte.MaxValue;
        var scores = new SongScores(songs, weights) { LanguageCosts = LanguageCosts(songs, request.Taste) };
        AddWishes(songs, request.Taste, scores);
        AddLearned(songs, learned, scores);
        foreach (var (song, cost) in Novelty.Costs(rules.History, options))
        {
            scores.AddForSong(song, -(float)cost);
        }

        return scores;
    }

    private static void AddWishes(SongCatalogue songs, Taste taste, SongScores scores)
    {
        foreach (var artist in taste.Artists.Select(songs.ArtistPlaceOf).Where(place => place >= 0).Distinct())
        {
            scores.AddForArtist(artist, NamedArtist);
        }
    }

    private static void AddLearned(SongCatalogue songs, Preferences learned, SongScores scores)
    {
        foreach (var artist in learned.Artists.Keys)
        {
            if (songs.ArtistPlaceOf(artist) is >= 0 and var place)
            {
                scores.AddForArtist(place, (float)learned.OfArtist(artist));
            }
        }

        foreach (var id in learned.Songs.Keys)
        {
            if (songs.IndexOf(id) is >= 0 and var song)
            {
                scores.AddForSong(song, (float)learned.OfSong(id));
            }
        }
    }

    private static float[]? LanguageCosts(SongCatalogue songs, Taste taste) => taste.Languages.Count == 0
        ? null
        : [.. songs.Languages.Select(language => taste.Languages.Contains(language, StringComparer.OrdinalIgnoreCase) ? 0
            : language.Length == 0 ? WrongLanguage / 2
            : WrongLanguage)];
}
