namespace CabinMood.Core.Conductor;

/// <summary>Style and taste that wait for the disk.</summary>
/// <param name="CommandId">The command that set them.</param>
/// <param name="Settings">As they will be.</param>
public sealed record UnstoredSettings(string CommandId, DriverSettings Settings);
