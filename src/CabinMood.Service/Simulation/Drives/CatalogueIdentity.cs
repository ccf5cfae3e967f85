using System.Security.Cryptography;
using System.Text;
using CabinMood.Core.Songs;

namespace CabinMood.Service.Simulation.Drives;

/// <summary>Which songs a log was recorded with: other songs would give other choices.</summary>
/// <param name="Songs">How many.</param>
/// <param name="Sha256">Over all songs as they were read, in order; lower-case hexadecimal.</param>
public sealed record CatalogueIdentity(int Songs, string Sha256)
{
    /// <summary>The identity of a catalogue.</summary>
    public static CatalogueIdentity Of(IReadOnlyList<Song> songs)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var song in songs)
        {
            // A record's text names every field, so that a song with one more is another song.
            hash.AppendData(Encoding.UTF8.GetBytes($"{song}\n"));
        }

        return new CatalogueIdentity(songs.Count, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
