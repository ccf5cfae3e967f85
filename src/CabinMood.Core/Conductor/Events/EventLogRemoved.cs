namespace CabinMood.Core.Conductor.Events;

/// <summary>The recording of events has been removed from the disk and goes on no more.</summary>
public sealed record EventLogRemoved(Moment At) : ConductorEvent(At);
