namespace CabinMood.Core.Songs.Catalogue;

/// <summary>The numbers of one song; ranges and units as in <see cref="Song"/>.</summary>
/// <param name="LengthMs">Length in milliseconds.</param>
/// <param name="Valence">0 to 1.</param>
/// <param name="Energy">0 to 1.</param>
/// <param name="Tempo">Beats per minute.</param>
/// <param name="LoudnessDb">dB.</param>
/// <param name="Popularity">0 to 100.</param>
/// <param name="Audio">What else is known about its sound.</param>
public readonly record struct SongNumbers(
    int LengthMs,
    float Valence,
    float Energy,
    float Tempo,
    float LoudnessDb,
    float Popularity,
    AudioFeatures Audio)
{
    /// <summary>
    /// The same with a number wherever there was none. A song of which nothing is known counts as loud and fast, so that
    /// it is kept from a moving car.
    /// </summary>
    internal SongNumbers WithoutGaps()
    {
        var isKnown = float.IsFinite(Energy) && float.IsFinite(Tempo);
        return new(
            Math.Max(1, LengthMs),
            Or(Valence, 0.5f),
            isKnown ? Energy : 1,
            isKnown ? Tempo : 400,
            LoudnessDb,
            Or(Popularity, 0),
            new AudioFeatures(
                Or(Audio.Danceability, AudioFeatures.Middle),
                Or(Audio.Acousticness, AudioFeatures.Middle),
                Or(Audio.Instrumentalness, AudioFeatures.Middle),
                Or(Audio.Liveness, AudioFeatures.Middle),
                Or(Audio.Speechiness, AudioFeatures.Middle)));
    }

    private static float Or(float value, float instead) => float.IsFinite(value) ? value : instead;
}
