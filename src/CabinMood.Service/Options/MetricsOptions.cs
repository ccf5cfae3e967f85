using CabinMood.Core;

namespace CabinMood.Service.Options;

/// <summary>Section <c>Metrics</c>: what is measured, for those who watch many cars or one bench.</summary>
public sealed class MetricsOptions
{
    private const string Extension = ".prom";

    /// <summary>
    /// A file ending in <c>.prom</c> that gets all metrics every 10 s in Prometheus' text format, for node_exporter's
    /// textfile collector. Default: empty, nothing is written.
    /// </summary>
    public string File { get; set; } = "";

    /// <summary>Adds what is wrong with these options.</summary>
    public void Validate(ICollection<ConfigurationError> errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        if (File.Length > 0 && !File.EndsWith(Extension, StringComparison.Ordinal))
        {
            errors.Add(new ConfigurationError("Metrics:File", $"is '{File}'; its name must end in {Extension}, or the collector does not see it."));
        }
    }
}
