using System.Globalization;
using System.Text;
using System.Text.Json;
using CabinMood.Service.Commands;
using CabinMood.Service.Simulation.Decisions;
using Spectre.Console;

namespace CabinMood.Service.Simulation;

/// <summary>Prints what came of a drive, for a person or as JSON lines. The same drive prints the same bytes.</summary>
internal sealed class SimulationReport(Terminal terminal, SimulationResult result)
{
    /// <summary>A table of the decisions and the totals in words.</summary>
    public void PrintTable()
    {
        if (result.Drive.Title.Length > 0)
        {
            terminal.Line(result.Drive.Title);
        }

        var table = new Table().AddColumn(new TableColumn("time").RightAligned()).AddColumn("decided").AddColumn("reason").AddColumn("why");
        foreach (var decision in result.Decisions)
        {
            string[] cells = [Clock(decision.At), What(decision), decision.Reason ?? "", decision.Why];
            table.AddRow(cells.Select(cell => new Text(cell)));
        }

        terminal.Rich.Write(table);
        foreach (var line in Words())
        {
            terminal.Line(line);
        }
    }

    /// <summary>One object per decision, the totals last.</summary>
    public void PrintJson()
    {
        foreach (var decision in result.Decisions)
        {
            terminal.Line(decision.ToLine());
        }

        terminal.Line(TotalsLine());
    }

    private static string Clock(TimeSpan at) => at < TimeSpan.FromDays(1)
        ? at.ToString(@"h\:mm\:ss\.f", CultureInfo.InvariantCulture)
        : at.ToString(@"d\.hh\:mm\:ss\.f", CultureInfo.InvariantCulture);

    private static string What(Decision decision)
    {
        var subject = decision.Kind.ToString().ToLowerInvariant();
        return decision.Kind switch
        {
            DecisionKind.Song => $"{subject} {decision.Song} for {decision.Mood}",
            DecisionKind.Mood => $"{subject} {decision.Mood}",
            DecisionKind.Limiter when decision.Until is { } until => $"{subject} {decision.State} until {Clock(until)}",
            DecisionKind.Reply => $"{subject} {decision.State} to {decision.Id}",
            _ => $"{subject} {decision.State}",
        };
    }

    private IEnumerable<string> Words()
    {
        var totals = result.Totals;
        yield return Line($"{Clock(totals.Length)} h: {totals.MoodChanges} mood changes ({totals.PerHour(totals.MoodChanges):0.0} an hour), {totals.MusicChanges} of which turned the music ({totals.PerHour(totals.MusicChanges):0.0} an hour); {totals.Songs} songs");
        if (totals.FalseChanges is { } wrong)
        {
            var found = totals.SecondsToDetect;
            yield return Line($"against the truth: {wrong} false changes ({totals.PerHour(wrong):0.0} an hour); found after {(found.Count > 0 ? string.Join(", ", found.Select(seconds => Line($"{seconds:0.0} s"))) : "-")}; missed {totals.MissedMoods}");
        }

        yield return Line($"camera open {totals.SecondsWatched:0} s, mood unknown {totals.SecondsUnknown:0} s of those");
        yield return $"limiter: {string.Join(", ", totals.LimiterSeconds.OrderByDescending(held => held.Value).Select(held => Line($"{held.Key} {held.Value:0} s")))}";
        var drive = result.Drive;
        if (drive.Expectations.Count > 0)
        {
            yield return Line($"expected: {drive.Expectations.Count - result.Missed.Count} of {drive.Expectations.Count} met");
        }

        if (drive.Decisions.Count > 0)
        {
            yield return Line($"recorded: {drive.Decisions.Count} decisions, {(result.FirstDifference() is null ? "all as simulated" : "not all as simulated")}");
        }

        static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
    }

    private string TotalsLine()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            var totals = result.Totals;
            json.WriteStartObject();
            json.WriteStartObject("totals");
            Number("hours", totals.Length.TotalHours);
            json.WriteNumber("moodChanges", totals.MoodChanges);
            Number("moodChangesPerHour", totals.PerHour(totals.MoodChanges));
            json.WriteNumber("musicChanges", totals.MusicChanges);
            Number("musicChangesPerHour", totals.PerHour(totals.MusicChanges));
            if (totals.FalseChanges is { } wrong)
            {
                json.WriteNumber("falseChanges", wrong);
                Number("falseChangesPerHour", totals.PerHour(wrong));
                json.WriteStartArray("secondsToDetect");
                foreach (var seconds in totals.SecondsToDetect)
                {
                    json.WriteNumberValue(seconds);
                }

                json.WriteEndArray();
                json.WriteNumber("missedMoods", totals.MissedMoods);
            }

            json.WriteNumber("songs", totals.Songs);
            Number("secondsWatched", totals.SecondsWatched);
            Number("secondsUnknown", totals.SecondsUnknown);
            json.WriteStartObject("limiterSeconds");
            foreach (var (reason, seconds) in totals.LimiterSeconds)
            {
                Number(reason, seconds);
            }

            json.WriteEndObject();
            json.WriteNumber("expected", result.Drive.Expectations.Count);
            json.WriteNumber("missed", result.Missed.Count);
            if (result.Drive.Decisions.Count > 0)
            {
                json.WriteNumber("recorded", result.Drive.Decisions.Count);
                json.WriteBoolean("asRecorded", result.FirstDifference() is null);
            }

            json.WriteEndObject();
            json.WriteEndObject();

            void Number(string name, double value) => json.WriteNumber(name, Math.Round(value, 3));
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
