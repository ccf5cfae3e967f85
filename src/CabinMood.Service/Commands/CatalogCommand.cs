using System.CommandLine;
using CabinMood.Service.Options;
using CabinMood.Service.Songs;
using Microsoft.Extensions.Logging;

namespace CabinMood.Service.Commands;

/// <summary><c>cabinmood catalog</c>: the songs, and how they are chosen.</summary>
internal static class CatalogCommand
{
    public static Command Create(Terminal terminal) => new("catalog", "Imports songs, shows what there is, and tries out how they are chosen.")
    {
        CatalogImportCommand.Create(terminal),
        CatalogStatsCommand.Create(terminal),
        CatalogChooseCommand.Create(terminal),
        CatalogEvaluateCommand.Create(terminal),
    };

    /// <summary>Looks at a CSV file instead of the catalogue in force.</summary>
    internal static Option<string?> File() => new("--file")
    {
        Description = "A CSV file to look at without importing it. Default: the imported catalogue, else Songs:Catalogue.",
        HelpName = "FILE",
    };

    /// <summary>The catalogue that a command is about.</summary>
    internal static CatalogueInForce Load(Terminal terminal, CabinMoodOptions options, string? file)
    {
        using var loggers = Loggers(terminal);
        if (file is null)
        {
            return CatalogueInForce.Load(options, loggers);
        }

        options.Songs.Catalogue = file;
        return CatalogueInForce.FromFile(options.Songs, loggers.CreateLogger<CatalogueInForce>());
    }

    /// <summary>Says warnings and errors on standard error.</summary>
    internal static ILoggerFactory Loggers(Terminal terminal) =>
        LoggerFactory.Create(logging => logging.AddProvider(new TerminalLogs(terminal)));
}
