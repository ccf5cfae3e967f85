using CabinMood.Service.Hosting;
using CabinMood.Service.Logging;
using CabinMood.Storage;
using Microsoft.Extensions.Logging;

namespace CabinMood.Service.Observability;

/// <summary>
/// Keeps a file with all metrics for node_exporter's textfile collector: replaced as a whole, so that it is never read half
/// written, and removed at the end, so that nobody reads the last numbers of a service that is gone.
/// </summary>
public sealed class MetricsFile(string file, MeterCollector collector, ServiceClock clock, ILogger<MetricsFile> logger)
{
    // As often as Prometheus usually asks.
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    // node_exporter is another user, and the unit's UMask=0077 would shut it out; ServiceMeter measures nothing of a person.
    private const UnixFileMode ForEverybody = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    // The collector reads *.prom only.
    private readonly string _draft = $"{file}.tmp";
    private string? _trouble;

    /// <summary>Writes until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Every, clock.Time);
        do
        {
            Try(Write);
        }
        while (await timer.NextAsync(cancellation).ConfigureAwait(false));

        Try(() => File.Delete(file));
    }

    private void Write()
    {
        File.WriteAllText(_draft, PrometheusText.Of(collector.Collect()));
#pragma warning disable CA1416 // CabinMood runs on Linux only.
        File.SetUnixFileMode(_draft, ForEverybody);
#pragma warning restore CA1416
        File.Move(_draft, file, overwrite: true);
    }

    // Numbers are never worth the service.
    private void Try(Action change)
    {
        try
        {
            change();
            _trouble = null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (e.Message != _trouble)
            {
                // Once per reason, not every ten seconds.
                _trouble = e.Message;
                ServiceLog.MetricsFileFailed(logger, file, DiskTrouble.Detailed(e));
            }
        }
    }
}
