namespace CabinMood.Core.Conductor.Effects;

/// <summary>Store what a restart within the trip needs.</summary>
/// <param name="Record">What to store.</param>
/// <param name="CommandId">The command that waits for the commit, answered by <see cref="Events.CommandCommitted"/>; null for housekeeping.</param>
public sealed record SaveTrip(TripRecord Record, string? CommandId) : Effect
{
    /// <summary>Commands to remember with it, all or nothing.</summary>
    public IReadOnlyList<RememberedCommand> Remembered { get; init; } = [];
}
