namespace CabinMood.Core.Conductor.Commands;

/// <summary>Removes everything learned about the driver.</summary>
public sealed record EraseDriver(string Id) : Command(Id);
