using CabinMood.Core.Songs;

namespace CabinMood.Messaging.Payloads;

/// <summary>One song in the song topic.</summary>
/// <param name="Id">The catalogue's id.</param>
/// <param name="Name">Title.</param>
/// <param name="Artist">Artist.</param>
/// <param name="Album">Album.</param>
/// <param name="Uri">What the player opens.</param>
/// <param name="LengthMs">Milliseconds.</param>
/// <param name="Mood">The catalogue's own label in lower case; null where it has none.</param>
/// <param name="Valence">0 to 1.</param>
/// <param name="Energy">0 to 1.</param>
/// <param name="Tempo">Beats per minute.</param>
public sealed record SongEntry(
    string Id,
    string Name,
    string Artist,
    string Album,
    string Uri,
    int LengthMs,
    string? Mood,
    double Valence,
    double Energy,
    double Tempo)
{
    /// <summary>From the catalogue's words to the contract's.</summary>
    public static SongEntry From(Song song)
    {
        ArgumentNullException.ThrowIfNull(song);
#pragma warning disable CA1308 // The contract's words are in lower case.
        var mood = song.MoodLabel.Length > 0 ? song.MoodLabel.ToLowerInvariant() : null;
#pragma warning restore CA1308
        return new(
            song.Id,
            song.Name,
            song.Artist,
            song.Album,
            song.Uri,
            song.LengthMs,
            mood,
            PayloadFormat.Number(song.Valence),
            PayloadFormat.Number(song.Energy),
            PayloadFormat.Number(song.Tempo));
    }
}
