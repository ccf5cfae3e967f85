namespace CabinMood.Core.Songs.Catalogue;

/// <summary>
/// The features that a taste is learned over. Each is kept as one byte a song, 0 to 255: fine enough for a taste (two
/// songs 0.004 apart sound alike), and a quarter of the memory that a scan of the whole catalogue has to read.
/// </summary>
internal enum SoundColumn
{
    Tempo,
    Loudness,
    Popularity,
    Danceability,
    Acousticness,
    Instrumentalness,
    Liveness,
    Speechiness,
}

/// <summary>Scales of the columns.</summary>
internal static class SoundColumns
{
    /// <summary>How many there are.</summary>
    internal const int Count = 8;

    // A byte spans three standard deviations to each side of the mean; what lies beyond counts as the end.
    private const float Reach = 3;

    // Mean and standard deviation of each column in large catalogues of popular music, rounded [ours]. Fixed, so that what
    // was learned with one catalogue means the same with the next.
    private static readonly (float Mean, float Spread)[] Scales =
    [
        (120, 30), // bpm
        (-10, 6), // dB
        (40, 25),
        (0.55f, 0.18f),
        (0.4f, 0.35f),
        (0.25f, 0.35f),
        (0.18f, 0.15f),
        (0.07f, 0.07f),
    ];

    /// <summary>What one step of a byte is, in standard deviations.</summary>
    internal const float Step = 2 * Reach / byte.MaxValue;

    /// <summary>A byte as standard deviations from the mean.</summary>
    internal static float Standardised(byte value) => value * Step - Reach;

    /// <summary>What a byte of 0 stands for.</summary>
    internal const float Lowest = -Reach;

    internal static byte Quantised(in SongNumbers song, SoundColumn column)
    {
        var value = column switch
        {
            SoundColumn.Tempo => song.Tempo,
            SoundColumn.Loudness => song.LoudnessDb,
            SoundColumn.Popularity => song.Popularity,
            SoundColumn.Danceability => song.Audio.Danceability,
            SoundColumn.Acousticness => song.Audio.Acousticness,
            SoundColumn.Instrumentalness => song.Audio.Instrumentalness,
            SoundColumn.Liveness => song.Audio.Liveness,
            _ => song.Audio.Speechiness,
        };
        var (mean, spread) = Scales[(int)column];
        var standardised = (value - mean) / spread;
        // Not-a-number, an unknown loudness for one, counts as the mean.
        return float.IsNaN(standardised) ? (byte)128 : (byte)MathF.Round((Math.Clamp(standardised, -Reach, Reach) + Reach) / Step);
    }
}
