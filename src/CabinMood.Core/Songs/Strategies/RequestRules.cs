using CabinMood.Core.Songs.Catalogue;
using CabinMood.Core.Songs.Scan;

namespace CabinMood.Core.Songs.Strategies;

/// <summary>
/// The rules of one request, from all of them to the fewest: what leaves no song over gives way, one rule after another,
/// and the caps for a moving car last of all.
/// </summary>
internal sealed class RequestRules
{
    private static readonly IReadOnlySet<int> Nobody = new HashSet<int>();

    private readonly SongCatalogue _songs;
    private readonly byte[] _safety;

    internal RequestRules(SongCatalogue songs, byte[] safety, SongRequest request, SongOptions options)
    {
        _songs = songs;
        _safety = safety;
        Bounds = (request.IsMoving ? SafetyBounds.Moving : SafetyBounds.None)
            | (request.IsTired && !request.IsDriversWish ? SafetyBounds.Tired : SafetyBounds.None);
        History = Indexes(songs, request);
        // In a small catalogue at most half of the songs are held back.
        Recent = new HashSet<int>(History.TakeLast(Math.Min(options.NoRepeatSongs, songs.Count / 2)));
        Last = History.Count > 0 ? History[^1] : -1;
        Excluded = request.Taste.ExcludedArtists.Select(songs.ArtistPlaceOf).Where(place => place >= 0).ToHashSet();
        Capped = CappedArtists(songs, request, options);
    }

    /// <summary>Bounds that songs must keep.</summary>
    internal SafetyBounds Bounds { get; }

    /// <summary>Songs played that are still in the catalogue, oldest first.</summary>
    internal IReadOnlyList<int> History { get; }

    /// <summary>The song played last; -1 at the beginning.</summary>
    internal int Last { get; }

    private HashSet<int> Recent { get; }

    private HashSet<int> Excluded { get; }

    private HashSet<int> Capped { get; }

    /// <summary>For a way of choosing that wants neither repeats nor too much of one artist.</summary>
    internal IEnumerable<SongAdmission> WithVariety()
    {
        var unwelcome = Excluded.Union(Capped).ToHashSet();
        IReadOnlySet<int> last = Last < 0 ? Nobody : new HashSet<int> { Last };
        return
        [
            Admission(Bounds, unwelcome, Recent),
            Admission(Bounds, Excluded, Recent),
            Admission(Bounds, Excluded, last),
            Admission(Bounds, Excluded, Nobody),
            Admission(Bounds, Nobody, Recent),
            Admission(Bounds, Nobody, Nobody),
            Admission(Bounds & SafetyBounds.Moving, Nobody, Recent),
            Admission(Bounds & SafetyBounds.Moving, Nobody, Nobody),
        ];
    }

    /// <summary>For a way of choosing that repeats itself as it likes.</summary>
    internal IEnumerable<SongAdmission> WithRepeats() =>
    [
        Admission(Bounds, Excluded, Nobody),
        Admission(Bounds, Nobody, Nobody),
        Admission(Bounds & SafetyBounds.Moving, Nobody, Nobody),
    ];

    private SongAdmission Admission(SafetyBounds bounds, IReadOnlySet<int> artists, IReadOnlySet<int> songs) =>
        new(_songs, _safety, bounds, artists, songs);

    private static List<int> Indexes(SongCatalogue songs, SongRequest request)
    {
        var indexes = new List<int>(request.History.Count);
        foreach (var play in request.History)
        {
            var index = songs.IndexOf(play.SongId);
            if (index >= 0)
            {
                indexes.Add(index);
            }
        }

        return indexes;
    }

    private static HashSet<int> CappedArtists(SongCatalogue songs, SongRequest request, SongOptions options)
    {
        var counts = new Dictionary<int, int>();
        foreach (var play in request.History)
        {
            if (play.IsWithinHourBefore(request.Now) && songs.IndexOf(play.SongId) is >= 0 and var index)
            {
                var artist = songs.ArtistPlaces[index];
                counts[artist] = counts.GetValueOrDefault(artist) + 1;
            }
        }

        return [.. counts.Where(entry => entry.Value >= options.ArtistSongsPerHour).Select(entry => entry.Key)];
    }
}
