using CabinMood.Core.Songs;
using CabinMood.Service.Options;
using CabinMood.Storage.Songs;

namespace CabinMood.Service.Songs;

/// <summary>Reads the configured songs, for the service and for simulations.</summary>
internal static class CatalogueLoader
{
    /// <summary>All usable songs.</summary>
    /// <param name="options">Names the file.</param>
    /// <param name="skip">Told of every row that is not usable.</param>
    /// <exception cref="ConfigurationException">The file cannot be read, or holds no usable song.</exception>
    public static IReadOnlyList<Song> Load(SongOptions options, Action<BadRow> skip)
    {
        var file = Read(options);
        foreach (var row in file.BadRows)
        {
            skip(row);
        }

        return file.Songs.Count > 0
            ? file.Songs
            : throw new ConfigurationException($"Songs:Catalogue {options.Catalogue} has no usable song.");
    }

    private static SongCatalogueContent Read(SongOptions options)
    {
        try
        {
            return SongCatalogueFile.Read(options.Catalogue, options.UriTemplate);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SongCatalogueException)
        {
            throw new ConfigurationException($"Songs:Catalogue cannot be read: {e.Message}", e);
        }
    }
}
