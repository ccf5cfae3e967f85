using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CabinMood.Core.Moods;
using CabinMood.Core.Songs;
using CabinMood.Core.Songs.Catalogue;
using Spectre.Console;
using Style = CabinMood.Core.Songs.Style;

namespace CabinMood.Service.Commands;

/// <summary><c>cabinmood catalog stats</c>: what there is, whether there is enough for every mood, and what it costs.</summary>
internal static class CatalogStatsCommand
{
    // Songs this near a target sound like it.
    private const double Near = 0.15;

    // Enough choices for a steady median.
    private const int TimedChoices = 51;

    private static readonly Mood[] Moods = [Mood.Happy, Mood.Energetic, Mood.Calm, Mood.Neutral, Mood.Sad, Mood.Tense];

    public static Command Create(Terminal terminal)
    {
        var file = CatalogCommand.File();
        var config = CommonOptions.Config();
        var json = CommonOptions.Json();
        var command = new Command("stats", """
            Counts songs, artists, languages and labels, shows how many songs lie near each mood's target and may be played in a moving car, and times loading and choosing on this machine.

            Examples:
              cabinmood catalog stats
              cabinmood catalog stats --file songs.csv --json
            """)
        {
            file, json, config,
        };
        command.SetAction((parsed, _) =>
        {
            var options = CommonOptions.Load(parsed.GetValue(config));
            var start = TimeProvider.System.GetTimestamp();
            var catalogue = CatalogCommand.Load(terminal, options, parsed.GetValue(file));
            var loadMs = TimeProvider.System.GetElapsedTime(start).TotalMilliseconds;
            var songs = catalogue.Songs;
            var chooser = new SongChooser(songs, options.Songs);
            var eligible = Enumerable.Range(0, songs.Count).Count(chooser.KeepsMovingCaps);
            var labels = CountBy(Enumerable.Range(0, songs.Count).Select(i => songs[i].MoodLabel));
            var languages = CountBy(Enumerable.Range(0, songs.Count).Select(i => songs[i].Language));
            var near = Moods.ToDictionary(mood => mood, mood => CountNear(songs, chooser, options.Songs.TargetFor(mood, Style.Match)));
            var chooseMs = MedianMs(chooser);
            if (parsed.GetValue(json))
            {
                terminal.Line(JsonSerializer.Serialize(new
                {
                    origin = catalogue.Origin,
                    songs = songs.Count,
                    artists = songs.Artists.Count,
                    whileMoving = eligible,
                    labels,
                    languages,
                    nearTarget = near.ToDictionary(entry => Name(entry.Key), entry => entry.Value),
                    loadMs = Math.Round(loadMs, 1),
                    chooseMs = Math.Round(chooseMs, 3),
                }, JsonSerializerOptions.Web));
                return Task.FromResult(ExitCodes.Done);
            }

            terminal.Line(string.Create(CultureInfo.InvariantCulture, $"{songs.Count} songs by {songs.Artists.Count} artists ({catalogue.Origin}); {eligible} keep the caps of a moving car"));
            terminal.Line($"labels: {Words(labels)}; languages: {Words(languages)}");
            var table = new Table().Title(string.Create(CultureInfo.InvariantCulture, $"songs for a moving car within {Near} of the target (style match)")).AddColumn("mood").AddColumn(new TableColumn("valence").RightAligned()).AddColumn(new TableColumn("energy").RightAligned()).AddColumn(new TableColumn("songs").RightAligned());
            foreach (var mood in Moods)
            {
                var target = options.Songs.TargetFor(mood, Style.Match);
                table.AddRow(Name(mood), target.Valence.ToString("0.00", CultureInfo.InvariantCulture), target.Energy.ToString("0.00", CultureInfo.InvariantCulture), near[mood].ToString(CultureInfo.InvariantCulture));
            }

            terminal.Rich.Write(table);
            terminal.Line(string.Create(CultureInfo.InvariantCulture, $"loaded in {loadMs:0} ms, a choice takes {chooseMs:0.00} ms"));
            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }

    private static int CountNear(SongCatalogue songs, SongChooser chooser, TargetPoint target) => Enumerable.Range(0, songs.Count).Count(i =>
        chooser.KeepsMovingCaps(i) && Math.Pow(songs.Valence[i] - target.Valence, 2) + Math.Pow(songs.Energy[i] - target.Energy, 2) <= Near * Near);

    private static double MedianMs(SongChooser chooser)
    {
        var times = new double[TimedChoices];
        for (var i = 0; i < times.Length; i++)
        {
            var request = new SongRequest(Moods[i % Moods.Length], Style.Match, Taste.None, true, false, false, [], (ulong)i);
            var start = TimeProvider.System.GetTimestamp();
            chooser.Choose(request);
            times[i] = TimeProvider.System.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(times);
        return times[times.Length / 2];
    }

    private static Dictionary<string, int> CountBy(IEnumerable<string> words) => words
        .GroupBy(word => word.Length > 0 ? word : "none", StringComparer.OrdinalIgnoreCase)
        .OrderByDescending(group => group.Count())
        .ToDictionary(group => group.Key, group => group.Count());

    private static string Words(Dictionary<string, int> counts) =>
        string.Join(", ", counts.Take(12).Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Key} {entry.Value}"))) + (counts.Count > 12 ? ", ..." : "");

    private static string Name(Mood mood) => mood.ToString().ToLowerInvariant();
}
