namespace CabinMood.Core.Songs;

/// <summary>Wishes about artists and languages; empty lists mean no wish.</summary>
/// <param name="Artists">Preferred artists.</param>
/// <param name="Languages">Preferred languages (BCP 47).</param>
/// <param name="ExcludedArtists">Artists never to be chosen.</param>
public sealed record Taste(
    IReadOnlyList<string> Artists,
    IReadOnlyList<string> Languages,
    IReadOnlyList<string> ExcludedArtists)
{
    /// <summary>No wishes.</summary>
    public static Taste None { get; } = new([], [], []);
}
