using System.Globalization;
using System.Text.Json;
using CabinMood.Service.Tests.Support;

namespace CabinMood.Service.Tests.EndToEnd;

/// <summary>The demo's drawn clip through the real nets: a check of the plumbing, never a score.</summary>
public sealed class DemoClipTests : IDisposable
{
    // The share of scripted seconds in which the scripted emotion must lead.
    private const double Share = 0.85;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_scripted_emotion_leads_in_the_scripted_seconds()
    {
        var (exitCode, _, error) = await CabinmoodProcess.RunAsync(
            _folder.Path, "analyze", Repository.File("configs/demo-clip.webm"), "--config", Repository.File("configs/demo.json"), "--out", _folder.Path);
        Assert.True(exitCode == 0, error);

        var leading = Leading(Path.Combine(_folder.Path, "timeline.csv"));
        var script = JsonDocument.Parse(File.ReadAllText(Repository.File("configs/demo-clip.json"))).RootElement.GetProperty("script");
        var seconds = script.EnumerateArray().SelectMany(Scripted).ToArray();
        var agreeing = seconds.Count(second => leading.GetValueOrDefault(second.Second) == second.Emotion);
        Assert.InRange(seconds.Length, 60, 74);
        Assert.True(agreeing >= Share * seconds.Length, $"{agreeing} of {seconds.Length} seconds");
    }

    // The first second of each part is a cross-fade; in some the driver looks away.
    private static IEnumerable<(int Second, string Emotion)> Scripted(JsonElement part) =>
        part.GetProperty("emotion").GetString() is { } emotion && emotion != "away"
            ? Enumerable.Range(part.GetProperty("from").GetInt32() + 1, part.GetProperty("to").GetInt32() - part.GetProperty("from").GetInt32() - 1)
                .Select(second => (second, emotion))
            : [];

    // Per second the emotion that leads in most of its frames.
    private static Dictionary<int, string> Leading(string timeline)
    {
        var rows = File.ReadLines(timeline).Select(line => line.Split(',')).ToArray();
        var first = Array.IndexOf(rows[0], "neutral");
        return rows.Skip(1)
            .Where(row => row[first].Length > 0)
            .GroupBy(row => (int)double.Parse(row[0], CultureInfo.InvariantCulture), row => rows[0][Strongest(row, first)])
            .ToDictionary(second => second.Key, second => second.CountBy(emotion => emotion).MaxBy(count => count.Value).Key);
    }

    private static int Strongest(string[] row, int first) =>
        Enumerable.Range(first, row.Length - first).MaxBy(column => double.Parse(row[column], CultureInfo.InvariantCulture));
}
