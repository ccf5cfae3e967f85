using CabinMood.Core.Moods;

namespace CabinMood.Service.Simulation.Population;

/// <summary>What one filter came to over a whole population. All simulated.</summary>
/// <param name="Filter">Its name.</param>
/// <param name="DriverHours">Hours simulated.</param>
/// <param name="ChangesPerHour">Mood changes an hour, mean over drivers.</param>
/// <param name="FalseMedian">False mood changes an hour: half of the drivers see no more.</param>
/// <param name="FalseP95">The same for 95 % of the drivers.</param>
/// <param name="MusicChangesPerHour">Changes of what the music follows, mean.</param>
/// <param name="UnknownShare">Share of time without a known mood.</param>
/// <param name="RightShare">Share of time with the true mood published.</param>
/// <param name="Confidence">Confidence of a mood when it is told, mean.</param>
/// <param name="RightWhenTold">Share of the moods told that were the true one just then: what the confidence would be if it were calibrated.</param>
/// <param name="Found">Per mood: how many began, how many of them were found in time, after how many seconds in the median.</param>
/// <param name="MillisecondsPerHour">Processor time for an hour of drive, mean.</param>
public sealed record FilterScore(
    string Filter,
    double DriverHours,
    double ChangesPerHour,
    double FalseMedian,
    double FalseP95,
    double MusicChangesPerHour,
    double UnknownShare,
    double RightShare,
    double Confidence,
    double RightWhenTold,
    IReadOnlyDictionary<Mood, FilterScore.Detection> Found,
    double MillisecondsPerHour)
{
    /// <summary>The moods that are looked for.</summary>
    public static IReadOnlyList<Mood> Wanted { get; } = [Mood.Happy, Mood.Sad, Mood.Tense, Mood.Neutral];

    /// <summary>Sums up.</summary>
    public static FilterScore Of(string filter, IReadOnlyList<HourTally> tallies, double milliseconds)
    {
        ArgumentNullException.ThrowIfNull(tallies);
        var hours = tallies.Sum(tally => tally.Seconds) / 3600;
        var falsePerHour = tallies.Select(tally => tally.FalseChanges * 3600 / tally.Seconds).Order().ToArray();
        return new FilterScore(
            filter,
            hours,
            tallies.Sum(tally => tally.Changes) / hours,
            Percentile(falsePerHour, 0.5),
            Percentile(falsePerHour, 0.95),
            tallies.Sum(tally => tally.MusicChanges) / hours,
            tallies.Sum(tally => tally.UnknownSeconds) / hours / 3600,
            tallies.Sum(tally => tally.RightSeconds) / hours / 3600,
            tallies.Sum(tally => tally.ToldConfidence) / Math.Max(tallies.Sum(tally => tally.Told), 1),
            tallies.Sum(tally => tally.ToldRight) / Math.Max(tallies.Sum(tally => tally.Told), 1.0),
            Wanted.ToDictionary(mood => mood, mood => Detection.Of([.. tallies.SelectMany(tally => tally.Begun).Where(begun => begun.Mood == mood).Select(begun => begun.FoundAfter)])),
            milliseconds / hours);
    }

    /// <summary>The smallest value that at least this share of the values does not exceed.</summary>
    private static double Percentile(double[] sorted, double share) =>
        sorted.Length == 0 ? 0 : sorted[Math.Max((int)Math.Ceiling(share * sorted.Length) - 1, 0)];

    /// <summary>How well one mood is found.</summary>
    /// <param name="Begun">Times that it began.</param>
    /// <param name="Share">Share of them found in time.</param>
    /// <param name="MedianSeconds">After how long, for those found.</param>
    public sealed record Detection(int Begun, double Share, double MedianSeconds)
    {
        internal static Detection Of(IReadOnlyList<double?> found)
        {
            var times = found.OfType<double>().Order().ToArray();
            return new Detection(found.Count, found.Count == 0 ? 0 : times.Length / (double)found.Count, Percentile(times, 0.5));
        }
    }
}
