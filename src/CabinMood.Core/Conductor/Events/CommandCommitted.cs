namespace CabinMood.Core.Conductor.Events;

/// <summary>What a command asked to store is on disk, or could not be stored.</summary>
/// <param name="At">When.</param>
/// <param name="CommandId">The command's id.</param>
/// <param name="Error">Null when committed; else why not, in one line.</param>
public sealed record CommandCommitted(Moment At, string CommandId, string? Error) : ConductorEvent(At);
