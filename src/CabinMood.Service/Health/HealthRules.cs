using System.Globalization;
using CabinMood.Messaging;
using CabinMood.Messaging.Payloads;

namespace CabinMood.Service.Health;

/// <summary>When the service is well, degraded or failed, and why, in words for whoever has to mend it.</summary>
public static class HealthRules
{
    /// <summary>Half of <c>Moods:MaxGapSeconds</c>: soon after it, readings come too late to add up to a mood.</summary>
    private static readonly TimeSpan SlowLatency = TimeSpan.FromMilliseconds(250);

    /// <summary>As long as health messages last twice: who looks now and then still learns of it.</summary>
    private static readonly TimeSpan RecentLoss = TimeSpan.FromMinutes(1);

    /// <summary>Storage needs a few megabytes, and the rest of the machine will soon need more.</summary>
    internal const long LeastFreeBytes = 16 * 1024 * 1024;

    /// <summary>Judges the facts.</summary>
    /// <returns>Failed when only a restart helps, degraded when there is any reason, else ok.</returns>
    public static (HealthState State, IReadOnlyList<string> Reasons) Judge(HealthFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        string?[] all =
        [
            facts.IsStuck ? "a native call hangs" : null,
            facts.ConductorTurns ? null : "the conductor stands still",
            Camera(facts),
            Link(facts.Link, facts.NewlyRejected),
            // Where there is no broker the first line says it all.
            facts.Link.State == MqttLinkState.Connected ? Urgent(facts.Urgent) : null,
            facts.StorageTrouble is { } trouble ? $"storage: {trouble}" : null,
            Disk(facts.FreeBytes),
        ];
        string[] reasons = [.. all.OfType<string>()];
        var needsRestart = facts.IsStuck || !facts.ConductorTurns;
        var isWell = reasons.Length == 0;
        return (needsRestart ? HealthState.Failed : isWell ? HealthState.Ok : HealthState.Degraded, reasons);
    }

    private static string? Camera(HealthFacts facts) => facts switch
    {
        { CameraTrouble: { } trouble } => $"camera: {trouble}",
        { CameraIsOpen: false } => null,
        { FramesPerSecond: 0 } => "camera: no frames",
        _ when facts.HandledPerSecond < facts.FramesPerSecond / 2 => "perception is slower than the camera",
        _ when facts.HandledPerSecond > 0 && facts.Latency > SlowLatency =>
            string.Create(CultureInfo.InvariantCulture, $"perception is slow: {facts.Latency.TotalMilliseconds:F0} ms from frame to scores"),
        _ => null,
    };

    private static string? Link(MqttLinkStatus link, long newlyRejected) => link switch
    {
        { State: not MqttLinkState.Connected } => $"broker: {link.Reason}",
        _ when newlyRejected > 0 => "broker: it does not let us publish everything; check its access control list",
        { RefusedSubscriptions: > 0 } => "broker: it does not let us listen to everything; check its access control list",
        { SinceLoss: { } since } when since < RecentLoss =>
            string.Create(CultureInfo.InvariantCulture, $"broker: lost {since.TotalSeconds:F0} s ago and back since: {link.Loss}"),
        _ => null,
    };

    private static string? Urgent(MqttLinkStatus? urgent) => urgent switch
    {
        { State: MqttLinkState.Refused } => $"broker: it refuses our second connection, for the driver's no: {urgent.Reason}",
        { State: MqttLinkState.Connecting, Reason: not MqttLinkStatus.Unanswered } => $"broker: our second connection, for the driver's no, does not stand: {urgent.Reason}",
        { State: MqttLinkState.Stopped, Connections: > 0 } =>
            "broker: it takes our two connections for one client, so the second, for the driver's no, stays away; set Mqtt:UrgentConnection to false",
        { RejectedSinceConnected: > 0 } or { RefusedSubscriptions: > 0 } =>
            "broker: our second connection, for the driver's no, may not do everything; check its access control list",
        _ => null,
    };

    private static string? Disk(long? freeBytes) => freeBytes is { } free and < LeastFreeBytes
        ? string.Create(CultureInfo.InvariantCulture, $"disk: {free / 1048576.0:F1} MB free for the state folder")
        : null;
}
