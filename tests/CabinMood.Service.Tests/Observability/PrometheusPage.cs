using System.Globalization;
using System.Text.RegularExpressions;

namespace CabinMood.Service.Tests.Observability;

/// <summary>A page in Prometheus' text format, read as strictly as Prometheus does.</summary>
internal sealed partial class PrometheusPage
{
    private readonly Dictionary<string, double> _samples = [];
    private readonly Dictionary<string, string> _types = [];

    internal PrometheusPage(string text)
    {
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        var current = "";
        foreach (var line in text.TrimEnd('\n').Split('\n'))
        {
            if (Comment().Match(line) is { Success: true } comment)
            {
                current = comment.Groups["name"].Value;
                if (comment.Groups["kind"].Value == "TYPE")
                {
                    Assert.Contains(comment.Groups["rest"].Value, new[] { "counter", "gauge", "histogram" });
                    Assert.True(_types.TryAdd(current, comment.Groups["rest"].Value), $"{current} has its type twice");
                }

                continue;
            }

            var sample = Sample().Match(line);
            Assert.True(sample.Success, line);
            var name = sample.Groups["name"].Value;
            var family = _types[current] == "histogram" ? HistogramPart().Replace(name, "") : name;
            // Samples of one name stand together, after its type.
            Assert.Equal(current, family);
            Assert.True(_samples.TryAdd(name + sample.Groups["labels"].Value, Number(sample.Groups["value"].Value)), $"{line}: twice");
        }
    }

    internal IReadOnlyDictionary<string, string> Types => _types;

    internal IReadOnlyDictionary<string, double> Samples => _samples;

    /// <summary>Holds every histogram against the rules: buckets only grow, and the last one counts all.</summary>
    internal void AssertHistograms()
    {
        foreach (var (key, count) in _samples.Where(pair => pair.Key.Contains("_count", StringComparison.Ordinal)))
        {
            var labels = key.Contains('{', StringComparison.Ordinal) ? key[(key.IndexOf('{', StringComparison.Ordinal) + 1)..^1] + "," : "";
            var prefix = $"{key[..key.IndexOf("_count", StringComparison.Ordinal)]}_bucket{{{labels}le=";
            var buckets = _samples.Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(pair => pair.Value).ToArray();
            Assert.True(buckets.Length > 2, key);
            Assert.Equal(buckets.Order(), buckets);
            Assert.Equal(count, _samples[$"{prefix}\"+Inf\"}}"]);
        }
    }

    private static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    [GeneratedRegex("^# (?<kind>HELP|TYPE) (?<name>[a-z_]+) (?<rest>.+)$")]
    private static partial Regex Comment();

    [GeneratedRegex("""^(?<name>[a-z_]+)(?<labels>\{[a-z_]+="[^"\\]*"(?:,[a-z_]+="[^"\\]*")*\})? (?<value>[-+0-9.eE]+|NaN)$""")]
    private static partial Regex Sample();

    [GeneratedRegex("_(?:bucket|sum|count)$")]
    private static partial Regex HistogramPart();
}
