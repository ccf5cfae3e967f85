namespace CabinMood.Core.Conductor.Events;

/// <summary>The broker answered (again): the current state must be told once.</summary>
public sealed record BrokerConnected(Moment At) : ConductorEvent(At);
