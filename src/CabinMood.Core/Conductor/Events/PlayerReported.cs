namespace CabinMood.Core.Conductor.Events;

/// <summary>The head unit's player reported.</summary>
public sealed record PlayerReported(Moment At, PlayerReport Report) : ConductorEvent(At);
