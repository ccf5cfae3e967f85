using CabinMood.Core.Safety;
using CabinMood.Messaging.Payloads;

namespace CabinMood.Service.Health;

/// <summary>How the service is, for the health topic.</summary>
/// <param name="State">Ok, degraded or failed.</param>
/// <param name="Reasons">Why not ok.</param>
/// <param name="FramesPerSecond">Captured since the last report.</param>
/// <param name="AnalysesPerSecond">Looked at since the last report.</param>
/// <param name="LatencyP50Ms">From a frame's arrival to its scores.</param>
/// <param name="LatencyP99Ms">The same, 99th percentile.</param>
/// <param name="DroppedFrames">Since the start.</param>
/// <param name="RssMb">Resident memory, MiB.</param>
/// <param name="Uptime">Since the start.</param>
/// <param name="Refused">Messages that could not be taken since the start.</param>
/// <param name="StaleSignals">Fitted vehicle signals that are not fresh now.</param>
public sealed record HealthReport(
    HealthState State,
    IReadOnlyList<string> Reasons,
    double FramesPerSecond,
    double AnalysesPerSecond,
    double LatencyP50Ms,
    double LatencyP99Ms,
    long DroppedFrames,
    double RssMb,
    TimeSpan Uptime,
    RefusedPayload Refused,
    IReadOnlyList<VehicleSignal> StaleSignals);
