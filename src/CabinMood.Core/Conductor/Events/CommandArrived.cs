using CabinMood.Core.Conductor.Commands;

namespace CabinMood.Core.Conductor.Events;

/// <summary>The driver asked for something.</summary>
public sealed record CommandArrived(Moment At, Command Command) : ConductorEvent(At);
