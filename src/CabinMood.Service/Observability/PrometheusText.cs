using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace CabinMood.Service.Observability;

/// <summary>Writes series in Prometheus' text format, version 0.0.4.</summary>
public static class PrometheusText
{
    /// <summary>The whole text, each name once with its help and type.</summary>
    /// <param name="series">In the order of their names.</param>
    public static string Of(IEnumerable<Series> series)
    {
        ArgumentNullException.ThrowIfNull(series);
        var text = new StringBuilder();
        var last = "";
        foreach (var one in series)
        {
            var name = NameOf(one);
            if (name != last)
            {
                text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {one.Instrument.Description}\n# TYPE {name} {TypeOf(one)}\n");
                last = name;
            }

            Write(text, name, one);
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, string name, Series series)
    {
        var (value, counts) = series.Read();
        var label = series.Instrument.Tags?.FirstOrDefault() is { Key: { } key } tag ? $"{key}=\"{tag.Value}\"" : "";
        if (!series.IsHistogram)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}{Braced(label)} {value}\n");
            return;
        }

        var sum = 0L;
        var prefix = label.Length > 0 ? $"{label}," : "";
        for (var i = 0; i < counts.Length; i++)
        {
            sum += counts[i];
            var bound = i < Series.UpperBounds.Count ? Series.UpperBounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf";
            text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{prefix}le=\"{bound}\"}} {sum}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"{name}_sum{Braced(label)} {value}\n{name}_count{Braced(label)} {sum}\n");
    }

    private static string NameOf(Series series)
    {
        var name = series.Instrument.Name.Replace('.', '_');
        var unit = series.Instrument.Unit switch
        {
            null => "",
            "s" => "_seconds",
            "By" => "_bytes",
            var other => throw new ArgumentException($"{series.Instrument.Name}: nobody has said how Prometheus spells the unit {other}."),
        };
        return name + unit + (IsCounter(series) ? "_total" : "");
    }

    private static string TypeOf(Series series) => series.IsHistogram ? "histogram" : IsCounter(series) ? "counter" : "gauge";

    private static bool IsCounter(Series series) => series.Instrument is ObservableCounter<long>;

    private static string Braced(string label) => label.Length > 0 ? $"{{{label}}}" : "";
}
