namespace CabinMood.Core.Songs;

/// <summary>
/// A first song chooser: nearest to the target point in the valence/energy plane, with the safety caps, the driver's
/// taste, no repeats and no artist twice in a row, and a seeded draw among the best so that it does not play the same
/// few songs for ever. Thread-safe; the same request gives the same choice.
/// </summary>
public sealed class SongChooser
{
    // Four songs are needed at once (one to play, three to announce); the rest gives the draw something to vary.
    private const int Shortlist = 12;

    // How strongly wishes count, in units of distance on the valence/energy plane: a favourite artist outweighs a
    // song 0.25 further away, a wrong language counts like 0.20, an unknown one half of that.
    private const float ArtistBonus = 0.25f;
    private const float LanguagePenalty = 0.20f;

    // Turned down further than this, a song is as good as silent.
    private const float MinGainDb = -60;

    private readonly IReadOnlyList<Song> _songs;
    private readonly SongOptions _options;

    /// <summary>A chooser over a catalogue.</summary>
    /// <exception cref="ArgumentException">The catalogue is empty.</exception>
    public SongChooser(IReadOnlyList<Song> songs, SongOptions options)
    {
        if (songs.Count == 0)
        {
            throw new ArgumentException("The catalogue has no songs.", nameof(songs));
        }

        _songs = songs;
        _options = options;
    }

    /// <summary>
    /// Chooses a song. What leaves nothing over gives way in this order: the no-repeat rule, excluded artists, the
    /// bounds for a tired driver, and the caps for a moving car only when no song at all keeps them.
    /// </summary>
    public SongChoice Choose(SongRequest request)
    {
        var target = CappedTarget(request);
        var recent = RecentIds(request);
        var last = request.RecentSongIds.Count > 0 ? request.RecentSongIds[^1] : null;
        Func<Song, bool>[] rules =
        [
            song => IsWelcome(song, request) && IsSafe(song, request) && !recent.Contains(song.Id),
            song => IsWelcome(song, request) && IsSafe(song, request) && song.Id != last,
            song => IsWelcome(song, request) && IsSafe(song, request),
            song => IsSafe(song, request) && !recent.Contains(song.Id),
            song => IsSafe(song, request),
            song => KeepsMovingCaps(song, request) && !recent.Contains(song.Id),
            song => KeepsMovingCaps(song, request),
        ];
        List<Song> shortlist = [];
        for (var i = 0; i < rules.Length && shortlist.Count == 0; i++)
        {
            shortlist = Rank(request, target, rules[i]);
        }

        if (shortlist.Count == 0)
        {
            // No song keeps the caps: the quietest ones are the safest there are.
            shortlist = [.. _songs.OrderBy(song => float.IsNaN(song.Energy) ? 1 : song.Energy).ThenBy(song => song.Id, StringComparer.Ordinal).Take(Shortlist)];
        }

        var seed = request.Seed;
        var lastArtist = last is null ? null : ArtistOf(last);
        var drawn = new List<Song>(4);
        while (drawn.Count < 4 && shortlist.Count > 0)
        {
            var song = Draw(shortlist, lastArtist, ref seed);
            shortlist.Remove(song);
            drawn.Add(song);
            lastArtist = song.Artist;
        }

        return new SongChoice(drawn[0], target, drawn[1..]);
    }

    /// <summary>What evens out a song's loudness: 0 or less, in dB.</summary>
    public float GainDbFor(Song song)
    {
        var gain = MathF.Round((float)_options.LoudnessDb - song.LoudnessDb, 1);
        // A loudness that is not known is left as it is.
        return float.IsNaN(gain) ? 0 : Math.Clamp(gain, MinGainDb, 0);
    }

    private TargetPoint CappedTarget(SongRequest request)
    {
        var target = _options.TargetFor(request.Mood, request.Style);
        if (request.IsTired && !request.IsDriversWish)
        {
            target = target with { Energy = MathF.Max(target.Energy, (float)_options.TiredMinEnergy) };
        }

        return request.IsMoving ? target with { Energy = MathF.Min(target.Energy, (float)_options.MovingMaxEnergy) } : target;
    }

    private static bool IsWelcome(Song song, SongRequest request) => !Names(request.Taste.ExcludedArtists, song.Artist);

    private bool IsSafe(Song song, SongRequest request) => KeepsMovingCaps(song, request) && KeepsTiredBounds(song, request);

    // Written so that features that are not numbers keep no cap.
    private bool KeepsMovingCaps(Song song, SongRequest request) =>
        !request.IsMoving || (song.Energy <= _options.MovingMaxEnergy && song.Energy * song.Tempo <= _options.MovingMaxEnergyTempo);

    private bool KeepsTiredBounds(Song song, SongRequest request) =>
        !request.IsTired || request.IsDriversWish
        || (song.Energy >= _options.TiredMinEnergy && song.Tempo >= _options.TiredMinTempo && song.Tempo <= _options.TiredMaxTempo);

    // The best songs in order. A scan with a small sorted list: no sorting of the whole catalogue.
    private List<Song> Rank(SongRequest request, TargetPoint target, Func<Song, bool> isEligible)
    {
        var best = new List<(float Cost, Song Song)>(Shortlist + 1);
        foreach (var song in _songs)
        {
            if (!isEligible(song))
            {
                continue;
            }

            var cost = Cost(song, target, request.Taste);
            if (best.Count == Shortlist && cost >= best[^1].Cost)
            {
                continue;
            }

            var place = best.FindIndex(entry => cost < entry.Cost);
            best.Insert(place < 0 ? best.Count : place, (cost, song));
            if (best.Count > Shortlist)
            {
                best.RemoveAt(Shortlist);
            }
        }

        return best.ConvertAll(entry => entry.Song);
    }

    private static float Cost(Song song, TargetPoint target, Taste taste)
    {
        var valence = song.Valence - target.Valence;
        var energy = song.Energy - target.Energy;
        var cost = MathF.Sqrt(valence * valence + energy * energy);
        if (Names(taste.Artists, song.Artist))
        {
            cost -= ArtistBonus;
        }

        if (taste.Languages.Count > 0 && !Names(taste.Languages, song.Language))
        {
            cost += song.Language.Length == 0 ? LanguagePenalty / 2 : LanguagePenalty;
        }

        return cost;
    }

    // Earlier places are likelier, no place is certain; the artist of the song before is passed over while others are there.
    private static Song Draw(List<Song> shortlist, string? lastArtist, ref ulong seed)
    {
        var others = shortlist.FindAll(song => !string.Equals(song.Artist, lastArtist, StringComparison.OrdinalIgnoreCase));
        var pool = others.Count > 0 ? others : shortlist;
        var fraction = SplitMix64.NextFraction(ref seed);
        return pool[(int)(fraction * fraction * pool.Count)];
    }

    private HashSet<string> RecentIds(SongRequest request)
    {
        // In a small catalogue at most half of the songs are held back.
        var span = Math.Min(_options.NoRepeatSongs, _songs.Count / 2);
        return [.. request.RecentSongIds.Skip(Math.Max(0, request.RecentSongIds.Count - span))];
    }

    private string? ArtistOf(string songId)
    {
        foreach (var song in _songs)
        {
            if (song.Id == songId)
            {
                return song.Artist;
            }
        }

        return null;
    }

    private static bool Names(IReadOnlyList<string> names, string name)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (string.Equals(names[i], name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
