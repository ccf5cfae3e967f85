namespace CabinMood.Core.Conductor.Events;

/// <summary>The recording of events goes on no more: it was erased, has reached its size, or the disk does not take it.</summary>
public sealed record EventLogEnded(Moment At) : ConductorEvent(At);
