using CabinMood.Core.Songs;
using CabinMood.Core.Songs.Catalogue;

namespace CabinMood.Service.Songs.Evaluation;

/// <summary>Lets all contenders play for the same simulated listeners.</summary>
internal sealed class SongEvaluation
{
    private readonly IReadOnlyDictionary<Contender, SessionScores[]> _scores;

    private SongEvaluation(int seeds, int songsPerSession, IReadOnlyDictionary<Contender, SessionScores[]> scores)
    {
        Seeds = seeds;
        SongsPerSession = songsPerSession;
        _scores = scores;
    }

    /// <summary>How many listeners took part.</summary>
    internal int Seeds { get; }

    /// <summary>How many songs each of them heard from each contender.</summary>
    internal int SongsPerSession { get; }

    /// <summary>
    /// The share of the gap between not learning and the oracle that learning closes, over songs 51 to 150 of all
    /// listeners.
    /// </summary>
    internal Estimate GapClosed
    {
        get
        {
            var (with, without, best) = (_scores[Contender.Target], _scores[Contender.TargetWithoutLearning], _scores[Contender.Oracle]);
            return Estimate.Of(Seeds, picked =>
            {
                var gap = picked.Sum(i => best[i].LaterLiking - without[i].LaterLiking);
                return gap > 0 ? picked.Sum(i => with[i].LaterLiking - without[i].LaterLiking) / gap : 0;
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
        var done = 0;
        Parallel.For(0, seeds, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
        {
            var seed = (ulong)firstSeed + (ulong)i;
            var listener = new SimulatedListener(songs, options, seed);
            var sessions = Contender.All.ToDictionary(
                contender => contender,
                contender =>
                {
                    cancellation.ThrowIfCancellationRequested();
                    return new ListeningSession(songs, choosers[contender], listener, contender).Run(songsPerSession, seed);
                });
            foreach (var (contender, played) in sessions)
            {
                scores[contender][i] = SessionScores.Of(played, sessions[Contender.Oracle], songs, choosers[contender], listener);
            }

            progress(Interlocked.Increment(ref done) / (double)seeds);
        });
        return new SongEvaluation(seeds, songsPerSession, scores);
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
