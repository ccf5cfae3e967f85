using CabinMood.Core.Moods;
using CabinMood.Core.Songs;
using CabinMood.Core.Songs.Catalogue;
using CabinMood.Core.Songs.Strategies;

namespace CabinMood.Service.Songs.Evaluation;

/// <summary>How good one session was.</summary>
/// <param name="HitRate">Share of songs more likely liked than not.</param>
/// <param name="Ndcg">Normalised discounted cumulative gain of each list of ten, against the ten best songs there are for its mood.</param>
/// <param name="ListDistance">Mean sound distance between the songs of a list of ten, 0 to 1.</param>
/// <param name="ArtistRepeatsPerHour">Songs whose artist had come within the hour before, per hour of music.</param>
/// <param name="Coverage">Share of the songs allowed in a moving car that were played.</param>
/// <param name="Regret">What each song lacked, on average, to the one that the oracle played in its place, in likings.</param>
/// <param name="LaterLiking">Mean liking of the songs after the first fifty.</param>
/// <param name="Likings">Liking of every song, in order.</param>
internal sealed record SessionScores(
    double HitRate,
    double Ndcg,
    double ListDistance,
    double ArtistRepeatsPerHour,
    double Coverage,
    double Regret,
    double LaterLiking,
    IReadOnlyList<double> Likings)
{
    private const int ListLength = 10;

    /// <summary>From here on a taste should have been learned.</summary>
    internal const int LearningSongs = 50;

    /// <summary>As many songs are looked at then.</summary>
    internal const int LaterSongs = 100;

    internal static SessionScores Of(
        IReadOnlyList<PlayedSong> played, IReadOnlyList<PlayedSong> oracle, SongCatalogue songs, SongChooser chooser, SimulatedListener listener)
    {
        var eligible = Enumerable.Range(0, songs.Count).Where(chooser.KeepsMovingCaps).ToList();
        // Ten songs that were played for one mood, one after another or with other moods between them.
        var lists = played.GroupBy(song => song.Mood).SelectMany(group => group.Chunk(ListLength)).Where(list => list.Length == ListLength).ToList();
        var ideals = new Dictionary<Mood, double[]>();
        return new SessionScores(
            played.Average(song => song.Liking >= 0.5 ? 1.0 : 0),
            lists.Select(list => NdcgOf(list, IdealFor(list[0].Mood))).DefaultIfEmpty(0).Average(),
            lists.Select(list => DistanceIn(list, songs)).DefaultIfEmpty(0).Average(),
            RepeatsPerHour(played, songs),
            eligible.Count == 0 ? 0 : played.Select(song => song.Song).Where(chooser.KeepsMovingCaps).Distinct().Count() / (double)eligible.Count,
            played.Zip(oracle, (own, best) => best.Liking - own.Liking).Average(),
            LaterLikingOf(played),
            [.. played.Select(song => song.Liking)]);

        double[] IdealFor(Mood mood)
        {
            if (!ideals.TryGetValue(mood, out var ideal))
            {
                ideal = [.. eligible.Select(song => listener.LikingOf(song, mood)).OrderDescending().Take(ListLength)];
                ideals.Add(mood, ideal);
            }

            return ideal;
        }
    }

    internal static double LaterLikingOf(IReadOnlyList<PlayedSong> played) =>
        played.Skip(LearningSongs).Take(LaterSongs).Select(song => song.Liking).DefaultIfEmpty(0).Average();

    private static double NdcgOf(PlayedSong[] list, double[] ideal)
    {
        var gain = list.Select((song, rank) => song.Liking / Math.Log2(rank + 2)).Sum();
        var best = ideal.Take(list.Length).Select((liking, rank) => liking / Math.Log2(rank + 2)).Sum();
        return best > 0 ? gain / best : 0;
    }

    private static double DistanceIn(PlayedSong[] list, SongCatalogue songs)
    {
        var (sum, pairs) = (0.0, 0);
        for (var i = 0; i < list.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                sum += SoundDistance.Between(songs, list[i].Song, list[j].Song);
                pairs++;
            }
        }

        return pairs > 0 ? sum / pairs : 0;
    }

    private static double RepeatsPerHour(IReadOnlyList<PlayedSong> played, SongCatalogue songs)
    {
        var last = new Dictionary<int, TimeSpan>();
        var repeats = 0;
        foreach (var song in played)
        {
            var artist = songs.ArtistPlaces[song.Song];
            if (last.TryGetValue(artist, out var before) && song.At - before < TimeSpan.FromHours(1))
            {
                repeats++;
            }

            last[artist] = song.At;
        }

        return repeats / played.Sum(song => songs[song.Song].LengthMs / 3_600_000.0);
    }
}
