using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CabinMood.Core.Conductor;
using CabinMood.Core.Safety;
using CabinMood.Service.Hosting;
using CabinMood.Service.Recording;
using CabinMood.Storage;
using CabinMood.Storage.Sqlite;
using Microsoft.Extensions.Logging;

namespace CabinMood.Service.Commands;

/// <summary><c>cabinmood erase</c>: forgets the driver while the service does not run; a running one takes <c>set/erase</c>.</summary>
internal static class EraseCommand
{
    public static Command Create(Terminal terminal)
    {
        var config = CommonOptions.Config();
        var json = CommonOptions.Json();
        var command = new Command("erase", """
            Removes everything about the driver from the state folder: feedback, style, taste, all that was learned, the last trip, and event logs. Only that the camera was closed is kept, and digests of the last commands' ids, so that nothing comes back with a command that is sent again. The songs stay. A running service must be stopped first, or told with set/erase.

            Examples:
              cabinmood erase
              cabinmood erase --json
            """)
        {
            json, config,
        };
        command.SetAction((parsed, _) =>
        {
            var folder = CommonOptions.Load(parsed.GetValue(config)).Storage.ResolveFolder();
            var (feedback, eventLogs) = Erase(terminal, folder);
            terminal.Line(parsed.GetValue(json)
                ? JsonSerializer.Serialize(new { erased = true, feedback, eventLogs }, JsonSerializerOptions.Web)
                : string.Create(CultureInfo.InvariantCulture, $"Everything about the driver was erased from {folder}: {feedback} feedbacks, style, taste, all that was learned, the last trip, {eventLogs} event logs."));
            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }

    private static (int Feedback, int EventLogs) Erase(Terminal terminal, string folder)
    {
        try
        {
            using var alone = ServiceLock.TryTake(folder)
                ?? throw new CommandFailedException($"a service runs on {folder} and would write down again what it remembers; send it set/erase, or stop it first");
            using var loggers = CatalogCommand.Loggers(terminal);
            using var store = DriverStore.Open(folder, loggers.CreateLogger<DriverStore>());
            var feedback = store.LoadFeedback().Count;
            if (store.LoadTrip() is { } trip)
            {
                // A camera that the driver closed stays closed.
                store.SaveTrip(new TripRecord("", DateTimeOffset.UnixEpoch, Consent.Withheld, trip.CameraAllowed, null));
            }

            store.Erase();
            return (feedback, EventLogFiles.DeleteAll(folder));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException)
        {
            throw new CommandFailedException($"not everything could be erased from {folder}; erase again when this is mended: {e.Message}", e);
        }
    }
}
