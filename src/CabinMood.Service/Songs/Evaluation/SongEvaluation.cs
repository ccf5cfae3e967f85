using CabinMood.Core;
using CabinMood.Core.Songs;
using CabinMood.Core.Songs.Catalogue;

namespace CabinMood.Service.Songs.Evaluation;

/// <summary>Lets all contenders play for the same simulated listeners.</summary>
internal sealed class SongEvaluation
{
    // What one session learned hangs on its moods and on the noise in its reactions; the mean of a few hangs on the listener.
    private const int FreshStarts = 4;

    private readonly IReadOnlyDictionary<Contender, SessionScores[]> _scores;
    private readonly IReadOnlyDictionary<Contender, double[]> _laterLikings;

    private SongEvaluation(
        int seeds, int songsPerSession, IReadOnlyDictionary<Contender, SessionScores[]> scores, IReadOnlyDictionary<Contender, double[]> laterLikings)
    {
        Seeds = seeds;
        SongsPerSession = songsPerSession;
        _scores = scores;
        _laterLikings = laterLikings;
    }

    /// <summary>How many listeners took part.</summary>
    internal int Seeds { get; }

    /// <summary>How many songs each of them heard from each contender.</summary>
    internal int SongsPerSession { get; }

    /// <summary>
    /// The share of the gap between not learning and the oracle that learning closes, over songs 51 to 150 of all
    /// listeners. Each starts afresh a few times, and each time all three meet the same moods.
    /// </summary>
    internal Estimate GapClosed
    {
        get
        {
            var (with, without, best) = (_laterLikings[Contender.Target], _laterLikings[Contender.TargetWithoutLearning], _laterLikings[Contender.Oracle]);
            return Estimate.Of(Seeds, picked =>
            {
                var gap = picked.Sum(i => best[i] - without[i]);
                return gap > 0 ? picked.Sum(i => with[i] - without[i]) / gap : 0;
            });
        }
    }

    /// <summary>Runs all sessions; the same seeds give the same numbers.</summary>
    /// <param name="songs">The catalogue.</param>
    /// <param name="options">Targets, rules and weights.</param>
    /// <param name="firstSeed">The first listener; the others follow.</param>
    /// <param name="seeds">How many listeners.</param>
    /// <param name="songsPerSession">How many songs each hears from each contender.</param>
    /// <param name="progress">Told the share done, 0 to 1.</param>
    /// <param name="cancellation">Ends the run.</param>
    internal static SongEvaluation Run(
        SongCatalogue songs, SongOptions options, int firstSeed, int seeds, int songsPerSession, Action<double> progress, CancellationToken cancellation)
    {
        var choosers = Contender.All.ToDictionary(contender => contender, contender => new SongChooser(songs, options.Choosing(contender.Strategy, contender.Learns)));
        var scores = Contender.All.ToDictionary(contender => contender, _ => new SessionScores[seeds]);
        Contender[] compared = [Contender.Target, Contender.TargetWithoutLearning, Contender.Oracle];
        var laterLikings = compared.ToDictionary(contender => contender, _ => new double[seeds]);
        var done = 0;
        Parallel.For(0, seeds, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
        {
            var seed = (ulong)firstSeed + (ulong)i;
            var listener = new SimulatedListener(songs, options, seed);
            var sessions = Contender.All.ToDictionary(contender => contender, contender => Play(contender, songsPerSession, seed));
            foreach (var (contender, played) in sessions)
            {
                scores[contender][i] = SessionScores.Of(played, sessions[Contender.Oracle], songs, choosers[contender], listener);
            }

            foreach (var contender in compared)
            {
                var random = seed;
                laterLikings[contender][i] = Enumerable.Range(0, FreshStarts)
                    .Average(_ => SessionScores.LaterLikingOf(Play(contender, SessionScores.LearningSongs + SessionScores.LaterSongs, SplitMix64.Next(ref random))));
            }

            progress(Interlocked.Increment(ref done) / (double)seeds);

            IReadOnlyList<PlayedSong> Play(Contender contender, int count, ulong sessionSeed)
            {
                cancellation.ThrowIfCancellationRequested();
                return new ListeningSession(songs, choosers[contender], listener, contender).Run(count, sessionSeed);
            }
        });
        return new SongEvaluation(seeds, songsPerSession, scores, laterLikings);
    }

    /// <summary>One measure of one contender over all listeners.</summary>
    internal Estimate Of(Contender contender, Func<SessionScores, double> measure) =>
        Estimate.Of([.. _scores[contender].Select(measure)]);

    /// <summary>The mean liking of a contender's songs, place by place.</summary>
    internal IReadOnlyList<double> Curve(Contender contender) =>
    [
        .. Enumerable.Range(0, SongsPerSession).Select(i => _scores[contender].Average(session => session.Likings[i])),
    ];
}
