using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using CabinMood.Core.Conductor;
using CabinMood.Core.Songs.Catalogue;
using CabinMood.Service.Options;
using CabinMood.Service.Simulation;
using CabinMood.Service.Simulation.Drives;
using CabinMood.Service.Songs;
using Microsoft.Extensions.Logging.Abstractions;

namespace CabinMood.Service.Commands;

/// <summary><c>cabinmood simulate</c>: a drive or an event log through the conductor, in virtual time.</summary>
internal static class SimulateCommand
{
    private const int MostRuns = 20;

    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(500);

    public static Command Create(Terminal terminal)
    {
        var drive = new Argument<string>("DRIVE") { Description = "A drive or an event log: one JSON object a line." };
        var config = CommonOptions.Config();
        var songs = new Option<string?>("--songs") { Description = "The song catalogue. Default: that of the configuration, or of the recording.", HelpName = "FILE" };
        var seed = new Option<ulong?>("--seed") { Description = "Another seed than the drive's: other songs, same moods and holds.", HelpName = "N" };
        var decisions = new Option<string?>("--decisions") { Description = "Also write the decisions, one JSON object a line, into this file.", HelpName = "FILE" };
        var json = CommonOptions.Json();
        var command = new Command("simulate", """
            Plays a drive, or the event log of a service, through the conductor in virtual time: prints what is decided and why, and sums up. A log must give the decisions that it recorded, byte for byte; a drive must meet what it expects. Else exit code 1.

            Examples:
              cabinmood simulate tests/data/drives/phone-call.jsonl
              cabinmood simulate /var/lib/cabinmood/events.jsonl --json
              cabinmood simulate drive.jsonl --config strict.json --seed 7
              cabinmood simulate population
            """)
        {
            drive, songs, seed, decisions, json, config, PopulationCommand.Create(terminal),
        };
        command.SetAction(parsed =>
        {
            var isWhatIf = parsed.GetValue(config) is not null || parsed.GetValue(songs) is not null || parsed.GetValue(seed) is not null;
            var played = DriveReader.ReadFile(parsed.GetValue(drive)!);
            var options = Configure(played, parsed.GetValue(config), parsed.GetValue(songs));
            var conductor = new Conductor(options.ForConductor(), Songs(played, options, parsed.GetValue(songs) is not null, isWhatIf));
            var (simulation, fastest, runs) = Run(conductor, played, parsed.GetValue(seed));
            var report = new SimulationReport(terminal, simulation);
            if (parsed.GetValue(decisions) is { } file)
            {
                Save(simulation, file);
            }

            if (parsed.GetValue(json))
            {
                report.PrintJson();
            }
            else
            {
                report.PrintTable();
            }

            // Not on standard output: the same drive gives the same bytes there.
            terminal.Say(string.Create(
                CultureInfo.InvariantCulture,
                $"{simulation.Totals.Length.TotalHours:0.000} h simulated in {fastest.TotalMilliseconds:0.0} ms (the fastest of {runs} runs, which agree)"));
            return Judge(terminal, simulation, isWhatIf);
        });
        return command;
    }

    // Again and again for a moment: the first runs also compile the program, and every run must decide the same.
    private static (SimulationResult Result, TimeSpan Fastest, int Runs) Run(Conductor conductor, Drive drive, ulong? seed)
    {
        var result = Simulator.Run(conductor, drive, seed);
        var fastest = TimeSpan.MaxValue;
        var begin = Stopwatch.GetTimestamp();
        var runs = 1;
        do
        {
            var start = Stopwatch.GetTimestamp();
            var again = Simulator.Run(conductor, drive, seed);
            var took = Stopwatch.GetElapsedTime(start);
            fastest = took < fastest ? took : fastest;
            runs++;
            if (!result.Decisions.SequenceEqual(again.Decisions))
            {
                throw new CommandFailedException($"{drive.Name}: a second run decided otherwise than the first; that is a bug of CabinMood");
            }
        }
        while (Stopwatch.GetElapsedTime(begin) < WarmUp && runs < MostRuns);

        return (result, fastest, runs);
    }

    private static CabinMoodOptions Configure(Drive drive, string? config, string? songs)
    {
        var options = CommonOptions.Load(config);
        // A file that is named on purpose goes before what a recording was made with, but a drive is written for its options.
        if (drive.Start.Options is { } sections && (config is null || !drive.Start.IsRecorded))
        {
            ConfigurationFile.Overlay(options, sections, $"{drive.Name}, \"options\"");
        }

        options.Songs.Catalogue = songs ?? options.Songs.Catalogue;
        return options;
    }

    private static SongCatalogue Songs(Drive drive, CabinMoodOptions options, bool isNamed, bool isWhatIf)
    {
        // A drive is written for the configured file; a service may have recorded with an imported catalogue.
        var songs = drive.Start.IsRecorded && !isNamed
            ? CatalogueInForce.Load(options, NullLoggerFactory.Instance).Songs
            : CatalogueInForce.FromFile(options.Songs, NullLogger.Instance).Songs;
        if (drive.Start.Catalogue is { } recorded && !isWhatIf && recorded != CatalogueIdentity.Of(songs))
        {
            throw new CommandFailedException($"this is not the catalogue that {drive.Name} was recorded with ({recorded.Songs} songs, sha256 {recorded.Sha256[..12]}...); name that one with --songs");
        }

        return songs;
    }

    private static void Save(SimulationResult simulation, string file)
    {
        try
        {
            File.WriteAllLines(file, simulation.Decisions.Select(decision => decision.ToLine()));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"cannot write --decisions {file}: {e.Message}", e);
        }
    }

    private static int Judge(Terminal terminal, SimulationResult simulation, bool isWhatIf)
    {
        var drive = simulation.Drive;
        if (drive.Gap is { } gap)
        {
            terminal.Say($"{drive.Name} is not whole: {gap}. Its decisions up to there are compared; what follows need not be what the service decided.");
        }

        if (simulation.Missed is [var first, ..] missed)
        {
            throw new CommandFailedException($"{drive.Name}: {missed.Count} of {drive.Expectations.Count} expectations not met; the first is line {first.Line}: {first.Text}");
        }

        if (drive.Start.IsRecorded && !isWhatIf && simulation.FirstDifference() is { } difference)
        {
            throw new CommandFailedException($"{drive.Name}: not the recorded decisions; {difference}");
        }

        return ExitCodes.Done;
    }
}
