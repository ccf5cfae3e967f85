using CabinMood.Core.Songs.Learning;

namespace CabinMood.Core.Conductor.Events;

/// <summary>The service has started. Always the first event.</summary>
/// <param name="At">When.</param>
/// <param name="Seed">The only source of randomness: trip ids and song choices follow from it.</param>
/// <param name="Stored">What an earlier run left behind; null when there is nothing or it could not be read.</param>
/// <param name="Driver">Style and taste as stored.</param>
/// <param name="EventLog">Whether events are recorded for diagnosis in this run.</param>
public sealed record ServiceStarted(Moment At, ulong Seed, TripRecord? Stored, DriverSettings Driver, bool EventLog = false) : ConductorEvent(At)
{
    /// <summary>What earlier runs learned about the driver.</summary>
    public DriverMemory Memory { get; init; } = DriverMemory.None;

    /// <summary>The commands that earlier runs obeyed, oldest first.</summary>
    public IReadOnlyList<RememberedCommand> Remembered { get; init; } = [];
}
