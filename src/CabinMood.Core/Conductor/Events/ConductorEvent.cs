namespace CabinMood.Core.Conductor.Events;

/// <summary>Something that happened. Events are all that the conductor ever learns; it has no clock and no I/O.</summary>
/// <param name="At">When it reached the conductor.</param>
public abstract record ConductorEvent(Moment At);
