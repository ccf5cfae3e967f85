using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CabinMood.Core.Moods;
using CabinMood.Core.Songs;
using CabinMood.Core.Songs.Learning;
using CabinMood.Storage;
using Microsoft.Extensions.Logging;
using Spectre.Console;
using Style = CabinMood.Core.Songs.Style;

namespace CabinMood.Service.Commands;

/// <summary><c>cabinmood catalog choose</c>: the songs that would come for a mood.</summary>
internal static class CatalogChooseCommand
{
    private static readonly TimeSpan LikeAMinute = TimeSpan.FromMinutes(1);

    public static Command Create(Terminal terminal)
    {
        var mood = new Option<Mood>("--mood") { Description = "happy, energetic, calm, neutral, sad or tense.", Required = true, HelpName = "MOOD" };
        var style = new Option<Style>("--style") { Description = "match, lift or calm. Default: match.", HelpName = "STYLE" };
        var strategy = new Option<string?>("--strategy") { Description = "target, mood-random, mood-popular, taste or similar. Default: Songs:Strategy.", HelpName = "NAME" };
        strategy.AcceptOnlyFromAmong([.. StrategyNames.All]);
        var count = new Option<int>("--count") { Description = "How many songs, one after another.", HelpName = "N", DefaultValueFactory = _ => 10 };
        count.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 1000)
            {
                result.AddError("--count must lie between 1 and 1000.");
            }
        });
        var seed = new Option<ulong>("--seed") { Description = "The same seed gives the same songs.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var parked = new Option<bool>("--parked") { Description = "Without the caps for a moving car." };
        var tired = new Option<bool>("--tired") { Description = "With the bounds for a tired driver." };
        var artist = new Option<string[]>("--artist") { Description = "An artist that the driver named; may be repeated.", HelpName = "NAME" };
        var language = new Option<string[]>("--language") { Description = "A language that the driver named (BCP 47); may be repeated.", HelpName = "TAG" };
        var learned = new Option<bool>("--learned") { Description = "With what the service has learned about the driver." };
        var file = CatalogCommand.File();
        var config = CommonOptions.Config();
        var json = CommonOptions.Json();
        var command = new Command("choose", """
            Shows the songs that would come for a mood, one after another, as in a car that moves.

            Examples:
              cabinmood catalog choose --mood calm
              cabinmood catalog choose --mood happy --style lift --count 20 --seed 7 --json
              cabinmood catalog choose --mood tense --strategy mood-popular --parked
            """)
        {
            mood, style, strategy, count, seed, parked, tired, artist, language, learned, file, json, config,
        };
        command.SetAction((parsed, _) =>
        {
            var options = CommonOptions.Load(parsed.GetValue(config));
            options.Songs.Strategy = parsed.GetValue(strategy) is { } name ? StrategyNames.Parse(name) : options.Songs.Strategy;
            var catalogue = CatalogCommand.Load(terminal, options, parsed.GetValue(file));
            var request = new SongRequest(
                parsed.GetValue(mood),
                parsed.GetValue(style),
                new Taste(parsed.GetValue(artist) ?? [], parsed.GetValue(language) ?? [], []),
                !parsed.GetValue(parked),
                parsed.GetValue(tired),
                false,
                [],
                parsed.GetValue(seed))
            {
                Learned = parsed.GetValue(learned) ? LoadLearned(terminal, options.Storage.ResolveFolder()) : Preferences.None,
            };
            var choices = Choose(new SongChooser(catalogue.Songs, options.Songs), request, parsed.GetValue(count));
            if (parsed.GetValue(json))
            {
                foreach (var choice in choices)
                {
                    terminal.Line(Json(choice));
                }
            }
            else
            {
                Print(terminal, choices);
            }

            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }

    private static Preferences LoadLearned(Terminal terminal, string folder)
    {
        using var loggers = CatalogCommand.Loggers(terminal);
        using var store = DriverStore.Open(folder, loggers.CreateLogger<DriverStore>());
        return store.LoadMemory().Preferences;
    }

    private static List<SongChoice> Choose(SongChooser chooser, SongRequest request, int count)
    {
        var choices = new List<SongChoice>(count);
        var history = ImmutableList<Play>.Empty;
        var seed = request.Seed;
        var now = TimeSpan.Zero;
        for (var i = 0; i < count; i++)
        {
            var choice = chooser.Choose(request with { History = history, Now = now, Seed = Core.SplitMix64.Next(ref seed) });
            choices.Add(choice);
            history = history.Add(new Play(choice.Song.Id, now));
            now += choice.Song.LengthMs > 0 ? TimeSpan.FromMilliseconds(choice.Song.LengthMs) : LikeAMinute;
        }

        return choices;
    }

    private static string Json(SongChoice choice) => JsonSerializer.Serialize(new
    {
        choice.Song.Id,
        choice.Song.Name,
        choice.Song.Artist,
        choice.Song.Album,
        choice.Song.Uri,
        choice.Song.Language,
        mood = choice.Song.MoodLabel.ToLowerInvariant(),
        choice.Song.Valence,
        choice.Song.Energy,
        choice.Song.Tempo,
        choice.Song.Popularity,
        targetValence = choice.Target.Valence,
        targetEnergy = choice.Target.Energy,
    }, TerminalJson.Readable);

    private static void Print(Terminal terminal, List<SongChoice> choices)
    {
        var target = choices[0].Target;
        var table = new Table()
            .Title(string.Create(CultureInfo.InvariantCulture, $"target: valence {target.Valence:0.00}, energy {target.Energy:0.00}"))
            .AddColumn(new TableColumn("").RightAligned()).AddColumn("song").AddColumn("artist").AddColumn("label")
            .AddColumn(new TableColumn("valence").RightAligned()).AddColumn(new TableColumn("energy").RightAligned()).AddColumn(new TableColumn("bpm").RightAligned());
        for (var i = 0; i < choices.Count; i++)
        {
            var song = choices[i].Song;
            table.AddRow(
                (i + 1).ToString(CultureInfo.InvariantCulture),
                Markup.Escape(song.Name),
                Markup.Escape(song.Artist),
                song.MoodLabel,
                song.Valence.ToString("0.00", CultureInfo.InvariantCulture),
                song.Energy.ToString("0.00", CultureInfo.InvariantCulture),
                song.Tempo.ToString("0", CultureInfo.InvariantCulture));
        }

        terminal.Rich.Write(table);
    }
}
