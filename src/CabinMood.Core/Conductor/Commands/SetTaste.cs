namespace CabinMood.Core.Conductor.Commands;

/// <summary>The driver's taste. Empty lists mean "no wish".</summary>
public sealed record SetTaste(
    string Id,
    IReadOnlyList<string> Artists,
    IReadOnlyList<string> Languages,
    IReadOnlyList<string> ExcludeArtists) : Command(Id);
