using CabinMood.Core.Conductor.Events;

namespace CabinMood.Service.Simulation.Drives;

/// <summary>A drive that somebody wrote, or one that a service recorded, ready to be played.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Start">How the service starts.</param>
/// <param name="Events">In the order in which they reach the conductor; the first is a <see cref="ServiceStarted"/>.</param>
public sealed record Drive(string Name, DriveStart Start, IReadOnlyList<ConductorEvent> Events)
{
    /// <summary>What happens, in a few words; empty where nobody said.</summary>
    public string Title { get; init; } = "";

    /// <summary>What the driver really feels, oldest first.</summary>
    public IReadOnlyList<Truth> Truths { get; init; } = [];

    /// <summary>What the author expects.</summary>
    public IReadOnlyList<Expectation> Expectations { get; init; } = [];

    /// <summary>What the live service decided, as it was written; only in recordings.</summary>
    public IReadOnlyList<RecordedDecision> Decisions { get; init; } = [];

    /// <summary>Why a recording is not whole, in words; null when it is.</summary>
    public string? Gap { get; init; }

    /// <summary>How many of <see cref="Decisions"/> stand before the gap; all of them when there is none.</summary>
    public int DecisionsBeforeGap { get; init; }

    /// <summary>
    /// How many of <see cref="Events"/> have all their decisions before the gap. Of the last event before it nobody knows
    /// whether its decisions were still written.
    /// </summary>
    public int EventsBeforeGap { get; init; }
}
