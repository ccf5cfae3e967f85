using System.Globalization;
using CabinMood.Core.Songs;

namespace CabinMood.Core.Tests;

/// <summary>Small catalogues whose every song can be told from its numbers.</summary>
internal static class Catalogue
{
    /// <summary>
    /// 100 songs over the valence/energy plane in steps of 0.1, 25 artists, 30 s each, 100 to 124 bpm: so a few of
    /// them, the loudest, break the caps for a moving car.
    /// </summary>
    public static IReadOnlyList<Song> Grid { get; } =
    [
        .. from v in Enumerable.Range(0, 10)
           from e in Enumerable.Range(0, 10)
           select Song($"v{v}e{e}", v / 10f + 0.05f, e / 10f + 0.05f, tempo: 100 + (v * 10 + e) % 25, artist: $"Artist {(v * 7 + e * 3) % 25}"),
    ];

    public static Song Song(
        string id,
        float valence,
        float energy,
        float tempo = 110,
        string artist = "Nobody",
        string language = "",
        float loudnessDb = -10,
        int lengthMs = 30_000) =>
        new(id, string.Create(CultureInfo.InvariantCulture, $"Song {id}"), artist, "Album", $"test:{id}", lengthMs, "", valence, energy, tempo, loudnessDb, 50, language);
}
