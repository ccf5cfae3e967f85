using CabinMood.Core.Songs.Catalogue;

namespace CabinMood.Core.Songs.Strategies;

/// <summary>
/// Draws one song after another from a shortlist by maximal marginal relevance [Carbonell, Goldstein 1998]: a song's
/// score, less how much it sounds like those before it, and a little chance, so that no list is for ever.
/// </summary>
internal sealed class Succession
{
    // Songs look back this far for what they sound like.
    private const int LookBack = 3;

    // How far chance reaches: scores this close are as good as equal.
    private const double Chance = 0.008;

    // Sounds this far apart, as a mean difference over the features, have little in common.
    private const double Alike = 0.12;

    private readonly SongCatalogue _songs;
    private readonly List<(float Score, int Song)> _left;
    private readonly List<int> _before;
    private readonly float _diversity;

    internal Succession(SongCatalogue songs, IEnumerable<(float Score, int Song)> shortlist, IReadOnlyList<int> history, SongOptions options)
    {
        _songs = songs;
        _left = [.. shortlist];
        _before = [.. history.TakeLast(LookBack)];
        _diversity = (float)options.Diversity;
    }

    /// <summary>The next song; -1 when there is none left.</summary>
    internal int Next(ref ulong seed)
    {
        if (_left.Count == 0)
        {
            return -1;
        }

        var lastArtist = _before.Count > 0 ? _songs.ArtistPlaces[_before[^1]] : -1;
        var hasOthers = _left.Exists(entry => _songs.ArtistPlaces[entry.Song] != lastArtist);
        var (best, place) = (double.NegativeInfinity, 0);
        for (var i = 0; i < _left.Count; i++)
        {
            // Gumbel noise: what is drawn is a softmax over the scores.
            var luck = -Chance * Math.Log(-Math.Log(Math.Max(SplitMix64.NextFraction(ref seed), double.Epsilon)));
            var (score, song) = _left[i];
            // The artist of the song before is passed over while others are there.
            if (hasOthers && _songs.ArtistPlaces[song] == lastArtist)
            {
                continue;
            }

            var value = score + luck - _diversity * Likeness(song);
            if (value > best)
            {
                (best, place) = (value, i);
            }
        }

        var next = _left[place].Song;
        _left.RemoveAt(place);
        _before.Add(next);
        return next;
    }

    // 1 for the same artist, else by how the songs sound; the likest of the last ones counts.
    private double Likeness(int song)
    {
        var most = 0.0;
        for (var i = Math.Max(0, _before.Count - LookBack); i < _before.Count; i++)
        {
            var likeness = _songs.ArtistPlaces[song] == _songs.ArtistPlaces[_before[i]]
                ? 1
                : Math.Exp(-SoundDistance.Between(_songs, song, _before[i]) / Alike);
            most = Math.Max(most, likeness);
        }

        return most;
    }
}
