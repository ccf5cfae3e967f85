using CabinMood.Core.Songs.Catalogue;
using CabinMood.Service.Hosting;
using CabinMood.Service.Options;
using CabinMood.Storage.Songs;
using CabinMood.Storage.Sqlite;
using Microsoft.Extensions.Logging;

namespace CabinMood.Service.Songs;

/// <summary>The catalogue that songs are chosen from: the imported one, else the file that the configuration names.</summary>
/// <param name="Songs">The songs.</param>
/// <param name="Origin">Where they come from, in words.</param>
internal sealed record CatalogueInForce(SongCatalogue Songs, string Origin)
{
    /// <summary>Loads it. An imported catalogue that cannot be read is told to the log, and the file serves.</summary>
    /// <exception cref="ConfigurationException">The file cannot be read or has no usable song.</exception>
    public static CatalogueInForce Load(CabinMoodOptions options, ILoggerFactory loggers)
    {
        var logger = loggers.CreateLogger<CatalogueInForce>();
        try
        {
            using var store = SongCatalogueStore.Open(options.Storage.ResolveFolder(), loggers.CreateLogger<SongCatalogueStore>());
            if (store.Load(options.Songs.UriTemplate) is { Count: > 0 } songs)
            {
                return new CatalogueInForce(songs, FormattableString.Invariant($"imported {store.ImportedUtc():yyyy-MM-dd HH:mm} UTC"));
            }
        }
        catch (Exception e) when (e is SqliteException or SongCatalogueException or ArgumentException or OverflowException)
        {
            Log.CatalogueUnreadable(logger, e.Message, options.Songs.Catalogue);
        }

        return FromFile(options.Songs.Catalogue, options.Songs.UriTemplate, logger);
    }

    /// <summary>Reads a CSV file without importing it.</summary>
    /// <exception cref="ConfigurationException">It cannot be read or has no usable song.</exception>
    public static CatalogueInForce FromFile(string file, string uriTemplate, ILogger logger)
    {
        SongCatalogueContent content;
        try
        {
            content = SongCatalogueFile.Read(file, uriTemplate);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SongCatalogueException)
        {
            throw new ConfigurationException($"Songs:Catalogue cannot be read: {e.Message}", e);
        }

        foreach (var row in content.BadRows)
        {
            Log.SongSkipped(logger, row.Line, row.Reason);
        }

        return content.Songs.Count > 0
            ? new CatalogueInForce(SongCatalogue.Of(content.Songs), file)
            : throw new ConfigurationException($"Songs:Catalogue {file} has no usable song.");
    }
}
