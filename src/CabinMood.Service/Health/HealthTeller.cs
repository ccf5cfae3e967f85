using CabinMood.Messaging.Payloads;
using CabinMood.Service.Hosting;

namespace CabinMood.Service.Health;

/// <summary>Publishes how the service is: every ten seconds, and at once when the broker has come back. Thread-safe.</summary>
public sealed class HealthTeller(HealthReporter reporter, Outbox outbox, ServiceClock clock, IReadOnlyDictionary<string, string> models)
{
    // Often enough for a watcher, rare enough for a bus; three missed ones expire on the broker [contract].
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    // The first one comes soon, so that whoever just started the service learns how it is.
    private static readonly TimeSpan First = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();

    /// <summary>Publishes once.</summary>
    public void Tell()
    {
        lock (_gate)
        {
            var report = reporter.Report();
            outbox.Send(HealthPayload.From(
                clock.Now().Utc,
                report.State,
                report.Reasons,
                report.FramesPerSecond,
                report.AnalysesPerSecond,
                report.LatencyP50Ms,
                report.LatencyP99Ms,
                report.DroppedFrames,
                report.RssMb,
                report.Uptime,
                HealthReporter.Version,
                models,
                report.Refused,
                report.StaleSignals));
        }
    }

    /// <summary>Publishes until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(First, clock.Time);
        while (await timer.NextAsync(cancellation).ConfigureAwait(false))
        {
            timer.Period = Every;
            Tell();
        }
    }
}
