namespace CabinMood.Core.Tests.Properties;

/// <summary>A random drive: its seed, its rules and what happens on it.</summary>
internal sealed record RandomDrive(ulong Seed, RandomRules Rules, IReadOnlyList<Act> Acts)
{
    // As coarse as the mood filter lets pass without losing evidence.
    private const double TickSeconds = 0.5;

    /// <summary>Drives it from the start, or on from a quiet road with consent when that is where a property begins.</summary>
    public Drive Run(bool fromQuietRoad)
    {
        var drive = fromQuietRoad
            ? Drive.OnTheRoad(Rules.Options(), Rules.Songs, Seed, TickSeconds)
            : Drive.Starts(Rules.Options(), Rules.Songs, Seed);
        drive.TickSeconds = TickSeconds;
        foreach (var act in Acts)
        {
            act.Do(drive);
        }

        return drive;
    }

    public override string ToString() => $"seed {Seed}, {Rules}: {string.Join("; ", Acts)}";
}
