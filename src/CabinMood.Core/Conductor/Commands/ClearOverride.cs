namespace CabinMood.Core.Conductor.Commands;

/// <summary>Ends an override; always allowed.</summary>
public sealed record ClearOverride(string Id, CommandSource Source) : Command(Id);
