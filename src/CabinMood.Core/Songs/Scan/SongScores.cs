using CabinMood.Core.Songs.Catalogue;

namespace CabinMood.Core.Songs.Scan;

/// <summary>
/// Scores songs for one request: the weights, which a scan computes for every song, and what counts for a few songs
/// only (a liked artist, a song just heard), which is looked up for those that come near the shortlist.
/// </summary>
internal sealed class SongScores(SongCatalogue songs, SongWeights weights)
{
    private readonly Dictionary<int, float> _artists = [];
    private readonly Dictionary<int, float> _songs = [];

    internal SongWeights Weights => weights;

    /// <summary>What a language costs, by its place; null when none is wished for.</summary>
    internal float[]? LanguageCosts { get; set; }

    /// <summary>Artists whose songs score more than their weights say: a scan looks at them first.</summary>
    internal IEnumerable<int> FavouredArtists => _artists.Where(entry => entry.Value > 0).Select(entry => entry.Key).Order();

    /// <summary>Songs that score more than their weights say.</summary>
    internal IEnumerable<int> FavouredSongs => _songs.Where(entry => entry.Value > 0).Select(entry => entry.Key).Order();

    internal void AddForArtist(int artistPlace, float score) => Add(_artists, artistPlace, score);

    internal void AddForSong(int song, float score) => Add(_songs, song, score);

    /// <summary>What an artist adds to their songs' scores.</summary>
    internal float OfArtist(int artistPlace) => _artists.GetValueOrDefault(artistPlace);

    /// <summary>A song's score with everything that counts for it.</summary>
    internal float Of(int song)
    {
        var score = weights.ScoreOf(songs, song) + OfArtist(songs.ArtistPlaces[song]) + _songs.GetValueOrDefault(song);
        return LanguageCosts is null ? score : score - LanguageCosts[songs.LanguagePlaces[song]];
    }

    /// <summary>Whether a scan has looked at a song already, because it or its artist is favoured.</summary>
    internal bool IsFavoured(int song) =>
        (_songs.Count > 0 && _songs.GetValueOrDefault(song) > 0) || (_artists.Count > 0 && OfArtist(songs.ArtistPlaces[song]) > 0);

    private static void Add(Dictionary<int, float> scores, int key, float score) => scores[key] = scores.GetValueOrDefault(key) + score;
}
