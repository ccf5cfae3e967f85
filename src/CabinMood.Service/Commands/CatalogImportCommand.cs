using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CabinMood.Storage.Songs;
using Microsoft.Extensions.Logging;

namespace CabinMood.Service.Commands;

/// <summary><c>cabinmood catalog import</c>: a CSV file becomes the catalogue.</summary>
internal static class CatalogImportCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string>("FILE") { Description = "CSV in UTF-8 with the columns name, album, artist, id, popularity, length, energy, valence, loudness, tempo, mood; optional language, uri, danceability, acousticness, instrumentalness, liveness, speechiness." };
        var strict = new Option<bool>("--strict") { Description = "Refuse the file when a single row is bad." };
        var config = CommonOptions.Config();
        var json = CommonOptions.Json();
        var command = new Command("import", """
            Replaces the catalogue by a file's songs, all of them or, when anything interrupts it, none. Bad rows are told with their line and skipped. A running service takes the new catalogue at its next start; while a large one is being written it cannot store feedback.

            Examples:
              cabinmood catalog import songs.csv
              cabinmood catalog import songs.csv --strict --json
            """)
        {
            file, strict, json, config,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var options = CommonOptions.Load(parsed.GetValue(config));
            var isJson = parsed.GetValue(json);
            var start = TimeProvider.System.GetTimestamp();
            using var csv = Open(parsed.GetValue(file)!);
            using var loggers = CatalogCommand.Loggers(terminal);
            using var store = SongCatalogueStore.Open(options.Storage.ResolveFolder(), loggers.CreateLogger<SongCatalogueStore>());
            try
            {
                var result = ProgressBar.Run(terminal, "importing songs", report => store.Import(
                    csv,
                    parsed.GetValue(strict),
                    TimeProvider.System.GetUtcNow(),
                    row => Tell(terminal, row, isJson),
                    report,
                    cancellation));
                Tell(terminal, result, isJson, TimeProvider.System.GetElapsedTime(start).TotalSeconds);
                return Task.FromResult(ExitCodes.Done);
            }
            catch (OperationCanceledException e)
            {
                // Whoever goes on after this command must not take the old songs for the new ones.
                throw new CommandFailedException("interrupted; the catalogue stays as it is", e);
            }
        });
        return command;
    }

    private static FileStream Open(string file)
    {
        try
        {
            return SongCatalogueFile.Open(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"{file} cannot be read: {e.Message}", e);
        }
    }

    private static void Tell(Terminal terminal, BadRow row, bool isJson)
    {
        if (isJson)
        {
            terminal.Line(JsonSerializer.Serialize(row, JsonSerializerOptions.Web));
        }
        else
        {
            terminal.Say(string.Create(CultureInfo.InvariantCulture, $"line {row.Line}: {row.Reason}"));
        }
    }

    private static void Tell(Terminal terminal, ImportResult result, bool isJson, double seconds)
    {
        if (isJson)
        {
            terminal.Line(JsonSerializer.Serialize(
                new { result.Imported, result.Skipped, result.Merged, result.MissingFeatures, seconds = Math.Round(seconds, 2) },
                JsonSerializerOptions.Web));
            return;
        }

        terminal.Line(string.Create(CultureInfo.InvariantCulture, $"{result.Imported} songs imported, {result.Skipped} rows skipped, {result.Merged} merged, in {seconds:0.0} s"));
        if (result.MissingFeatures.Count > 0)
        {
            terminal.Line($"no columns {string.Join(", ", result.MissingFeatures)}: learning goes by the other features");
        }
    }
}
