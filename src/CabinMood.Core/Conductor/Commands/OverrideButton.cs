namespace CabinMood.Core.Conductor.Commands;

/// <summary>A button that needs no mood.</summary>
public sealed record OverrideButton(string Id, CommandSource Source, string Trip, OverrideAction Action) : Command(Id);
