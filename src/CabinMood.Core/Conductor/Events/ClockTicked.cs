namespace CabinMood.Core.Conductor.Events;

/// <summary>Time has passed.</summary>
public sealed record ClockTicked(Moment At) : ConductorEvent(At);
