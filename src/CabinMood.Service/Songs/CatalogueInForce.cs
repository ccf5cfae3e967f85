using CabinMood.Core.Songs;
using CabinMood.Core.Songs.Catalogue;
using CabinMood.Service.Logging;
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
        catch (Exception e) when (e is SqliteException or SongCatalogueException or ArgumentException or OverflowException or IOException or UnauthorizedAccessException)
        {
            ServiceLog.CatalogueUnreadable(logger, e.Message, options.Songs.Catalogue);
        }

        return FromFile(options.Songs, logger);
    }

    /// <summary>Reads a CSV file without importing it.</summary>
    /// <exception cref="ConfigurationException">It cannot be read or has no usable song.</exception>
    public static CatalogueInForce FromFile(SongOptions options, ILogger logger) =>
        new(SongCatalogue.Of(CatalogueLoader.Load(options, row => ServiceLog.SongSkipped(logger, row.Line, row.Reason))), options.Catalogue);
}
