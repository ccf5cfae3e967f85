namespace CabinMood.Core.Conductor.Events;

/// <summary>Vehicle signals can no longer arrive: every on-change signal's source is unknown until it says otherwise.</summary>
public sealed record BrokerLost(Moment At) : ConductorEvent(At);
