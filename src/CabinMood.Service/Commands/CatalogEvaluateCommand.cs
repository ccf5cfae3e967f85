using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CabinMood.Service.Songs.Evaluation;
using Spectre.Console;

namespace CabinMood.Service.Commands;

/// <summary><c>cabinmood catalog evaluate</c>: all ways of choosing side by side, before simulated listeners.</summary>
internal static class CatalogEvaluateCommand
{
    private static readonly (string Name, string Title, string Format, Func<SessionScores, double> Of)[] Measures =
    [
        ("hitRate", "hits", "0.000", scores => scores.HitRate),
        ("ndcg10", "NDCG@10", "0.000", scores => scores.Ndcg),
        ("laterLiking", "liking, songs 51-150", "0.000", scores => scores.LaterLiking),
        ("regret", "regret a song", "0.000", scores => scores.Regret),
        ("listDistance", "distance in a list", "0.000", scores => scores.ListDistance),
        ("artistRepeatsPerHour", "artist repeats an hour", "0.00", scores => scores.ArtistRepeatsPerHour),
        ("coverage", "coverage", "0.0 %", scores => scores.Coverage),
    ];

    public static Command Create(Terminal terminal)
    {
        var seeds = Whole("--seeds", "How many simulated listeners.", 20, 1, 1000);
        var first = Whole("--first-seed", "The first listener's seed; the others follow.", 1, 0, int.MaxValue);
        var count = Whole("--songs", "How many songs each listener hears from each way of choosing.", 1000, 60, 100_000);
        var folder = new Option<string?>("--out") { Description = "A folder for evaluation.json and evaluation.svg.", HelpName = "DIR" };
        var file = CatalogCommand.File();
        var config = CommonOptions.Config();
        var json = CommonOptions.Json();
        var command = new Command("evaluate", """
            Lets simulated listeners with hidden tastes hear songs from each strategy, from the target strategy without learning and from an oracle that knows them, and compares what they heard. How much learning gains is measured over several fresh starts of each listener.

            Examples:
              cabinmood catalog evaluate --file songs.csv --out evaluation/
              cabinmood catalog evaluate --seeds 5 --first-seed 100 --json
            """)
        {
            seeds, first, count, folder, file, json, config,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var options = CommonOptions.Load(parsed.GetValue(config));
            var catalogue = CatalogCommand.Load(terminal, options, parsed.GetValue(file));
            var evaluation = ProgressBar.Run(terminal, "listening", report => SongEvaluation.Run(
                catalogue.Songs, options.Songs, parsed.GetValue(first), parsed.GetValue(seeds), parsed.GetValue(count), report, cancellation));
            if (parsed.GetValue(folder) is { } path)
            {
                Directory.CreateDirectory(path);
                File.WriteAllText(Path.Combine(path, "evaluation.json"), Json(evaluation) + "\n");
                File.WriteAllText(Path.Combine(path, "evaluation.svg"), SongEvaluationSvg.Draw(evaluation));
            }

            if (parsed.GetValue(json))
            {
                terminal.Line(Json(evaluation));
            }
            else
            {
                Print(terminal, evaluation);
            }

            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }

    private static Option<int> Whole(string name, string description, int standard, int min, int max)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => standard };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is var value && (value < min || value > max))
            {
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} must lie between {min} and {max}."));
            }
        });
        return option;
    }

    private static void Print(Terminal terminal, SongEvaluation evaluation)
    {
        var table = new Table()
            .Title(string.Create(CultureInfo.InvariantCulture, $"{evaluation.Seeds} listeners, {evaluation.SongsPerSession} songs each, means; +- is the wider half of the 95 % interval"))
            .AddColumn("");
        foreach (var measure in Measures)
        {
            table.AddColumn(new TableColumn(measure.Title).RightAligned());
        }

        foreach (var contender in Contender.All)
        {
            table.AddRow([contender.Name, .. Measures.Select(measure => Cell(evaluation.Of(contender, measure.Of), measure.Format))]);
        }

        terminal.Rich.Write(table);
        var gap = evaluation.GapClosed;
        terminal.Line(string.Create(CultureInfo.InvariantCulture, $"after {SessionScores.LearningSongs} songs, learning closes {gap.Mean:0.0 %} [{gap.Low:0.0 %}, {gap.High:0.0 %}] of the gap between not learning and the oracle"));
    }

    private static string Cell(Estimate estimate, string format)
    {
        var half = Math.Max(estimate.High - estimate.Mean, estimate.Mean - estimate.Low);
        return $"{estimate.Mean.ToString(format, CultureInfo.InvariantCulture)} +-{half.ToString(format, CultureInfo.InvariantCulture)}";
    }

    private static string Json(SongEvaluation evaluation) => JsonSerializer.Serialize(new
    {
        listeners = evaluation.Seeds,
        songs = evaluation.SongsPerSession,
        gapClosed = Numbers(evaluation.GapClosed),
        contenders = Contender.All.Select(contender => new
        {
            name = contender.Name,
            measures = Measures.ToDictionary(measure => measure.Name, measure => Numbers(evaluation.Of(contender, measure.Of))),
        }),
    }, JsonSerializerOptions.Web);

    private static object Numbers(Estimate estimate) => new
    {
        mean = Math.Round(estimate.Mean, 4),
        low = Math.Round(estimate.Low, 4),
        high = Math.Round(estimate.High, 4),
    };
}
