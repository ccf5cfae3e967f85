namespace CabinMood.Core.Songs;

/// <summary>How a song sounds beyond valence, energy and tempo; 0 to 1 each, in the words of common catalogues.</summary>
/// <param name="Danceability">How well one can dance to it.</param>
/// <param name="Acousticness">How acoustic its instruments are.</param>
/// <param name="Instrumentalness">How little it is sung.</param>
/// <param name="Liveness">How much an audience is heard.</param>
/// <param name="Speechiness">How much it is spoken.</param>
public readonly record struct AudioFeatures(
    float Danceability,
    float Acousticness,
    float Instrumentalness,
    float Liveness,
    float Speechiness)
{
    /// <summary>What a feature counts as where a catalogue does not have it: the middle, which draws no song to any side.</summary>
    public const float Middle = 0.5f;

    /// <summary>Nothing known.</summary>
    public static AudioFeatures Unknown { get; } = new(Middle, Middle, Middle, Middle, Middle);
}
