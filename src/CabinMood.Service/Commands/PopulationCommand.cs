using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CabinMood.Core.Moods;
using CabinMood.Service.Options;
using CabinMood.Service.Simulation.Population;
using CabinMood.Storage.Songs;
using Spectre.Console;

namespace CabinMood.Service.Commands;

/// <summary><c>cabinmood simulate population</c>: how calm and how quick the mood filters are, over many simulated drivers.</summary>
internal static class PopulationCommand
{
    public static Command Create(Terminal terminal)
    {
        var drivers = Number("--drivers", "How many drivers.", 200, 1, 100_000);
        var hours = Number("--hours", "How long each drives.", 1.0, 0.05, 24);
        var seed = new Option<ulong>("--seed") { Description = "Another seed is another population.", DefaultValueFactory = _ => 1, HelpName = "S" };
        var hertz = Number("--hz", "Readings a second.", 5.0, 0.5, 60);
        var carryOver = Number("--carry-over", "Which part of a driver's bias is the same whatever the face shows. No data say; 1 is one bias for all.", 1.0, 0, 1);
        var noise = new Option<string?>("--noise") { Description = $"The noise model. Default: {NoiseModel.DefaultFile} in the program's folder.", HelpName = "FILE" };
        var config = CommonOptions.Config();
        var json = CommonOptions.Json();
        var command = new Command("population", """
            Simulates driver-hours through the real conductor and compares the mood filters. Every driver has a bias held all hour and autocorrelated noise, both fitted to the emotion net; the true moods are drawn and hidden. All numbers are simulated.

            Examples:
              cabinmood simulate population
              cabinmood simulate population --drivers 1000 --seed 7 --json
            """)
        {
            drivers, hours, seed, hertz, carryOver, noise, json, config,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var options = CommonOptions.Load(parsed.GetValue(config));
            var plan = new PopulationPlan(parsed.GetValue(drivers), parsed.GetValue(hours), parsed.GetValue(seed))
            {
                Hertz = parsed.GetValue(hertz),
                CarryOver = parsed.GetValue(carryOver),
            };
            var model = NoiseModel.Read(parsed.GetValue(noise) ?? AppFolder.Resolve(NoiseModel.DefaultFile));
            var songs = SongCatalogueFile.Read(options.Songs.Catalogue, options.Songs.UriTemplate).Songs;
            var scores = Compare(terminal, new PopulationStudy(model, songs, plan), options, cancellation);
            if (parsed.GetValue(json))
            {
                terminal.Line(JsonSerializer.Serialize(new { simulated = true, plan, scores }, JsonSerializerOptions.Web));
            }
            else
            {
                Print(terminal, plan, scores);
            }

            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }

    // The configured options with each filter in turn, and without what was learned of the resting face.
    private static List<FilterScore> Compare(Terminal terminal, PopulationStudy study, CabinMoodOptions options, CancellationToken cancellation)
    {
        (string Name, Action<MoodOptions> Choose)[] filters =
        [
            ("bayes", moods => moods.Filter = MoodFilterKind.Bayes),
            ("bayes, no resting face", moods => (moods.Filter, moods.RestingMaxLogOdds, moods.RestingMaxArousal, moods.RestingSharpness) = (MoodFilterKind.Bayes, 0, 0, 0)),
            ("majority", moods => moods.Filter = MoodFilterKind.Majority),
        ];
        var moods = options.Moods;
        var configured = (moods.Filter, moods.RestingMaxLogOdds, moods.RestingMaxArousal, moods.RestingSharpness);
        var scores = new List<FilterScore>();
        foreach (var (name, choose) in filters)
        {
            (moods.Filter, moods.RestingMaxLogOdds, moods.RestingMaxArousal, moods.RestingSharpness) = configured;
            choose(moods);
            var forConductor = options.ForConductor();
            scores.Add(ProgressBar.Run(terminal, $"simulating {name}", report => study.Score(name, forConductor, report, cancellation)));
        }

        return scores;
    }

    private static void Print(Terminal terminal, PopulationPlan plan, IReadOnlyList<FilterScore> scores)
    {
        var table = new Table().AddColumn("simulated");
        foreach (var score in scores)
        {
            table.AddColumn(new TableColumn(score.Filter).RightAligned());
        }

        void Row(string what, Func<FilterScore, FormattableString> value) =>
            table.AddRow([what, .. scores.Select(score => value(score).ToString(CultureInfo.InvariantCulture))]);
        Row("mood changes an hour", score => $"{score.ChangesPerHour:0.0}");
        Row("false ones an hour, median", score => $"{score.FalseMedian:0.0}");
        Row("false ones an hour, 95th percentile", score => $"{score.FalseP95:0.0}");
        Row("changes of the music an hour", score => $"{score.MusicChangesPerHour:0.0}");
        foreach (var mood in FilterScore.Wanted)
        {
            Row($"{mood.ToString().ToLowerInvariant()} found within {HourTally.FoundWithinSeconds:0} s", score => $"{score.Found[mood].Share:0.0%} of {score.Found[mood].Begun}");
            Row("  after, median", score => $"{score.Found[mood].MedianSeconds:0} s");
        }

        Row("time with the true mood", score => $"{score.RightShare:0%}");
        Row("confidence of a mood told", score => $"{score.Confidence:0.00}");
        Row("  of these the true one", score => $"{score.RightWhenTold:0%}");
        Row("time in unknown", score => $"{score.UnknownShare:0%}");
        Row("processor milliseconds for an hour", score => $"{score.MillisecondsPerHour:0}");
        terminal.Rich.Write(table);
        terminal.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"simulated: {plan.Drivers} drivers x {plan.Hours} h, seed {plan.Seed}, {plan.Hertz} readings a second; moods held {HiddenMoods.LeastHeldSeconds:0} s and more; no person was seen"));
    }

    private static Option<T> Number<T>(string name, string description, T byDefault, T least, T most)
        where T : IComparable<T>
    {
        var option = new Option<T>(name) { Description = description, DefaultValueFactory = _ => byDefault, HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<T>() is { } value && (value.CompareTo(least) < 0 || value.CompareTo(most) > 0))
            {
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} must lie between {least} and {most}."));
            }
        });
        return option;
    }
}
