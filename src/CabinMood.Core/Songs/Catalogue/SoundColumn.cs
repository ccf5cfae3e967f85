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

    // Nearly all songs lie within 40 to 220 bpm and -40 to 0 dB; what lies outside counts as the end of the scale.
    private const float SlowestBpm = 40;
    private const float FastestBpm = 220;
    private const float QuietestDb = -40;

    /// <summary>A byte as a number from -1 to 1.</summary>
    internal static float Centred(byte value) => value / 127.5f - 1;

    internal static byte Quantised(in SongNumbers song, SoundColumn column) => Byte(column switch
    {
        SoundColumn.Tempo => (song.Tempo - SlowestBpm) / (FastestBpm - SlowestBpm),
        SoundColumn.Loudness => 1 - song.LoudnessDb / QuietestDb,
        SoundColumn.Popularity => song.Popularity / 100,
        SoundColumn.Danceability => song.Audio.Danceability,
        SoundColumn.Acousticness => song.Audio.Acousticness,
        SoundColumn.Instrumentalness => song.Audio.Instrumentalness,
        SoundColumn.Liveness => song.Audio.Liveness,
        _ => song.Audio.Speechiness,
    });

    // Not-a-number, an unknown loudness for one, counts as the middle.
    private static byte Byte(float share) => float.IsNaN(share) ? (byte)128 : (byte)MathF.Round(Math.Clamp(share, 0, 1) * 255);
}
