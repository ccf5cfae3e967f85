namespace CabinMood.Service.Simulation;

/// <summary>A drive summed up.</summary>
public sealed record Totals
{
    /// <summary>Simulated time.</summary>
    public required TimeSpan Length { get; init; }

    /// <summary>How often the mood topic went to another known mood.</summary>
    public required int MoodChanges { get; init; }

    /// <summary>How often a mood was found that the driver was not in; null where the drive does not say what the truth is.</summary>
    public required int? FalseChanges { get; init; }

    /// <summary>Seconds from a real change to its being found, for each that was found while it lasted.</summary>
    public required IReadOnlyList<double> SecondsToDetect { get; init; }

    /// <summary>Real changes that were over before they were found.</summary>
    public required int MissedMoods { get; init; }

    /// <summary>Songs chosen, whatever the reason.</summary>
    public required int Songs { get; init; }

    /// <summary>How often the mood, and not the driver, turned the music.</summary>
    public required int MusicChanges { get; init; }

    /// <summary>Seconds with an open camera.</summary>
    public required double SecondsWatched { get; init; }

    /// <summary>Seconds of those in which the mood was unknown.</summary>
    public required double SecondsUnknown { get; init; }

    /// <summary>Seconds by what the limiter said: <c>open</c>, or the reason for which it held.</summary>
    public required IReadOnlyDictionary<string, double> LimiterSeconds { get; init; }

    /// <summary>A count an hour; 0 where no time passed.</summary>
    public double PerHour(int count) => Length > TimeSpan.Zero ? count / Length.TotalHours : 0;
}
