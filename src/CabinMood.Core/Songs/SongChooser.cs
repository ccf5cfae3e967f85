using CabinMood.Core.Songs.Catalogue;
using CabinMood.Core.Songs.Scan;
using CabinMood.Core.Songs.Strategies;

namespace CabinMood.Core.Songs;

/// <summary>
/// Chooses songs from a catalogue by the configured <see cref="Strategy"/>. Thread-safe; the same request gives the same
/// choice. Whatever the strategy, a moving car's caps and a tired driver's bounds hold.
/// </summary>
public sealed class SongChooser
{
    // One to play, three to announce.
    private const int Wanted = 4;

    // Turned down further than this, a song is as good as silent.
    private const float MinGainDb = -60;

    private readonly SongCatalogue _songs;
    private readonly SongOptions _options;
    private readonly byte[] _safety;

    /// <summary>A chooser over a catalogue.</summary>
    /// <exception cref="ArgumentException">The catalogue is empty, or two songs have the same id.</exception>
    public SongChooser(IReadOnlyList<Song> songs, SongOptions options)
    {
        if (songs.Count == 0)
        {
            throw new ArgumentException("The catalogue has no songs.", nameof(songs));
        }

        _songs = SongCatalogue.Of(songs);
        _options = options;
        _safety = SongSafety.Of(_songs, options);
    }

    /// <summary>
    /// Chooses a song. What leaves nothing over gives way in this order: the cap on one artist, the no-repeat rule,
    /// excluded artists, the bounds for a tired driver, and the caps for a moving car only when no song at all keeps
    /// them.
    /// </summary>
    public SongChoice Choose(SongRequest request)
    {
        var target = TargetOf(request);
        var rules = new RequestRules(_songs, _safety, request, _options);
        var seed = request.Seed;
        var chosen = _options.Strategy == Strategy.Target
            ? ByTarget(request, rules, target, ref seed)
            : ByPapers(request, rules, target, ref seed);
        if (chosen.Count == 0)
        {
            chosen = Quietest();
        }

        if (request.PreparedSongId is { } prepared && _songs.IndexOf(prepared) is >= 0 and var announced
            && rules.WithVariety().First().Admits(announced))
        {
            chosen.Remove(announced);
            chosen.Insert(0, announced);
            chosen = chosen[..Math.Min(Wanted, chosen.Count)];
        }

        return new SongChoice(
            _songs[chosen[0]],
            target,
            [.. chosen.Skip(1).Select(index => _songs[index])],
            GroundFor(chosen[0], request));
    }

    /// <summary>Where a request's songs should lie, after safety caps.</summary>
    public TargetPoint TargetOf(SongRequest request)
    {
        var target = _options.TargetFor(request.Mood, request.Style);
        if (request.IsTired && !request.IsDriversWish)
        {
            target = target with { Energy = MathF.Max(target.Energy, (float)_options.TiredMinEnergy) };
        }

        return request.IsMoving ? target with { Energy = MathF.Min(target.Energy, (float)_options.MovingMaxEnergy) } : target;
    }

    /// <summary>Whether a song of the catalogue may be played in a moving car.</summary>
    public bool KeepsMovingCaps(int index) => (_safety[index] & (byte)SafetyBounds.Moving) != 0;

    /// <summary>
    /// The songs that a request may get under all of its rules, and what each loses for having been heard: so that others
    /// than the strategies here can choose by the same rules.
    /// </summary>
    public IEnumerable<(int Song, double NoveltyCost)> Admitted(SongRequest request)
    {
        var rules = new RequestRules(_songs, _safety, request, _options);
        var costs = Novelty.Costs(rules.History, _options);
        foreach (var admission in rules.WithVariety())
        {
            var admitted = Enumerable.Range(0, _songs.Count).Where(admission.Admits).Select(song => (song, costs.GetValueOrDefault(song))).ToList();
            if (admitted.Count > 0)
            {
                return admitted;
            }
        }

        return Quietest().Select(song => (song, 0.0));
    }

    /// <summary>What evens out a song's loudness: 0 or less, in dB.</summary>
    public float GainDbFor(Song song)
    {
        var gain = MathF.Round((float)_options.LoudnessDb - song.LoudnessDb, 1);
        // A loudness that is not known is left as it is.
        return float.IsNaN(gain) ? 0 : Math.Clamp(gain, MinGainDb, 0);
    }

    private List<int> ByTarget(SongRequest request, RequestRules rules, TargetPoint target, ref ulong seed)
    {
        var shortlist = TargetStrategy.Rank(_songs, request, _options, rules, target, ref seed);
        var succession = new Succession(_songs, shortlist, rules.History, _options);
        var chosen = new List<int>(Wanted);
        while (chosen.Count < Wanted && succession.Next(ref seed) is >= 0 and var song)
        {
            chosen.Add(song);
        }

        return chosen;
    }

    private List<int> ByPapers(SongRequest request, RequestRules rules, TargetPoint target, ref ulong seed)
    {
        var label = LabelStrategies.LabelFor(request.Mood);
        var repeats = _options.Strategy is Strategy.MoodRandom or Strategy.MoodPopular;
        foreach (var admission in repeats ? rules.WithRepeats() : rules.WithVariety())
        {
            var chosen = _options.Strategy switch
            {
                Strategy.MoodRandom => LabelStrategies.Random(_songs, label, admission, ref seed),
                Strategy.MoodPopular => LabelStrategies.Popular(_songs, label, admission, ref seed),
                Strategy.Taste => LabelStrategies.Taste(_songs, label, request.Taste, admission, ref seed),
                _ => SimilarStrategy.Nearest(_songs, request.Learned, rules.Last, target, admission),
            };
            if (chosen.Count > 0)
            {
                return [.. chosen];
            }
        }

        // No song has the label: better one near the target than none.
        return ByTarget(request, rules, target, ref seed);
    }

    // No song keeps the caps: the quietest ones are the safest there are.
    private List<int> Quietest()
    {
        var quietest = new Shortlist(Wanted);
        for (var i = 0; i < _songs.Count; i++)
        {
            quietest.Offer(i, -_songs.Energy[i]);
        }

        return [.. quietest.Ordered().Select(entry => entry.Song)];
    }

    private ChoiceGround GroundFor(int index, SongRequest request)
    {
        // Half of what one like teaches about an artist; a song heard out once in silence is no praise yet.
        const double enough = 0.045;
        var song = _songs[index];
        if (request.Taste.Artists.Contains(song.Artist, StringComparer.OrdinalIgnoreCase))
        {
            return ChoiceGround.NamedArtist;
        }

        if (!_options.Learn || _options.Strategy != Strategy.Target)
        {
            return ChoiceGround.Target;
        }

        return request.Learned.OfSong(song.Id) > enough ? ChoiceGround.LikedSong
            : request.Learned.OfArtist(song.Artist) > enough ? ChoiceGround.LikedArtist
            : ChoiceGround.Target;
    }
}
