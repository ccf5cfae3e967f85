namespace CabinMood.Core.Songs;

/// <summary>One song of the catalogue, with the audio features that the choice needs.</summary>
/// <param name="Id">The catalogue's own id.</param>
/// <param name="Name">Title.</param>
/// <param name="Artist">Artist.</param>
/// <param name="Album">Album.</param>
/// <param name="Uri">What the head unit's player opens.</param>
/// <param name="LengthMs">Length in milliseconds, above 0.</param>
/// <param name="MoodLabel">The catalogue's own label (Happy, Sad, Energetic, Calm), or empty.</param>
/// <param name="Valence">Unpleasant to pleasant, 0 to 1.</param>
/// <param name="Energy">Quiet to loud and dense, 0 to 1.</param>
/// <param name="Tempo">Beats per minute.</param>
/// <param name="LoudnessDb">Mean loudness in dB, usually -60 to 0.</param>
/// <param name="Popularity">0 to 100.</param>
/// <param name="Language">Language of the lyrics (BCP 47), or empty when not known.</param>
public sealed record Song(
    string Id,
    string Name,
    string Artist,
    string Album,
    string Uri,
    int LengthMs,
    string MoodLabel,
    float Valence,
    float Energy,
    float Tempo,
    float LoudnessDb,
    float Popularity,
    string Language)
{
    /// <summary>What else is known about its sound.</summary>
    public AudioFeatures Audio { get; init; } = AudioFeatures.Unknown;
}
