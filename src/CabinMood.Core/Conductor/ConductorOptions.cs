using CabinMood.Core.Moods;
using CabinMood.Core.Safety;
using CabinMood.Core.Songs;

namespace CabinMood.Core.Conductor;

/// <summary>All options that decisions depend on. The same options and events give the same decisions.</summary>
/// <param name="Moods">Section <c>Moods</c>.</param>
/// <param name="Limiter">Section <c>Limiter</c>.</param>
/// <param name="Vehicle">Section <c>Vehicle</c>.</param>
/// <param name="Songs">Section <c>Songs</c>.</param>
/// <param name="Trips">Section <c>Trips</c>.</param>
/// <param name="PublishEmotions">Whether the mood topic carries the eight emotions.</param>
public sealed record ConductorOptions(
    MoodOptions Moods,
    LimiterOptions Limiter,
    VehicleOptions Vehicle,
    SongOptions Songs,
    TripOptions Trips,
    bool PublishEmotions)
{
    /// <summary>Section <c>Commands</c>.</summary>
    public CommandOptions Commands { get; init; } = new();

    /// <summary>Every default.</summary>
    public static ConductorOptions Default => new(new(), new(), new(), new(), new(), false);
}
