using System.Text.Json;
using CabinMood.Core.Safety;

namespace CabinMood.Messaging.Payloads;

/// <summary>Payload of the health topic.</summary>
/// <param name="Ts">When.</param>
/// <param name="State">ok, degraded or failed.</param>
/// <param name="Reasons">Why not ok.</param>
/// <param name="Fps">Frames per second from the camera.</param>
/// <param name="AnalysisHz">Frames per second analysed.</param>
/// <param name="LatencyMs">From capture to scores.</param>
/// <param name="DroppedFrames">Frames that a newer one replaced before it was analysed, since the start.</param>
/// <param name="RssMb">Resident memory in MiB.</param>
/// <param name="UptimeS">Seconds since the start.</param>
/// <param name="Version">Of the service.</param>
/// <param name="Models">Name and version of each net; empty where none is loaded.</param>
/// <param name="Refused">Messages that could not be taken.</param>
/// <param name="StaleSignals">Fitted vehicle signals that are missing, stale or doubted now: why the limiter says stale-signal.</param>
public sealed record HealthPayload(
    string Ts,
    string State,
    IReadOnlyList<string> Reasons,
    double Fps,
    double AnalysisHz,
    LatencyPayload LatencyMs,
    long DroppedFrames,
    double RssMb,
    long UptimeS,
    string Version,
    IReadOnlyDictionary<string, string> Models,
    RefusedPayload Refused,
    IReadOnlyList<string> StaleSignals)
{
    /// <summary>Rounds and formats what the service measured.</summary>
    public static HealthPayload From(
        DateTimeOffset utc,
        HealthState state,
        IReadOnlyList<string> reasons,
        double fps,
        double analysisHz,
        double latencyP50Ms,
        double latencyP99Ms,
        long droppedFrames,
        double rssMb,
        TimeSpan uptime,
        string version,
        IReadOnlyDictionary<string, string> models,
        RefusedPayload refused,
        IReadOnlyList<VehicleSignal> staleSignals) => new(
            PayloadFormat.Time(utc),
            WireNames<HealthState>.Of(state),
            reasons,
            PayloadFormat.Number(fps),
            PayloadFormat.Number(analysisHz),
            new LatencyPayload(PayloadFormat.Number(latencyP50Ms), PayloadFormat.Number(latencyP99Ms)),
            droppedFrames,
            PayloadFormat.Number(rssMb),
            (long)uptime.TotalSeconds,
            version,
            models,
            refused,
            [.. staleSignals.Select(WireNames<VehicleSignal>.Of)]);

    /// <summary>UTF-8 JSON.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, PayloadJson.Relaxed.HealthPayload);
}
