using System.Reflection;
using CabinMood.Core.Safety;
using CabinMood.Messaging;
using CabinMood.Messaging.Payloads;

namespace CabinMood.Service.Hosting;

/// <summary>Says how the service is. What it says is what it measured since it was last asked.</summary>
/// <param name="clock">Of the service.</param>
/// <param name="camera">Null where none may be opened.</param>
/// <param name="link">To the broker.</param>
/// <param name="inbox">Counts what it refused.</param>
/// <param name="vehicle">The vehicle's signals as the conductor knows them now.</param>
/// <param name="signals">Which of them are fitted.</param>
public sealed class HealthReporter(ServiceClock clock, CameraWorker? camera, MqttLink link, Inbox inbox, Func<VehicleState> vehicle, VehicleOptions signals)
{
    // Rates over less than this are noise: a second question keeps the first one's answer.
    private static readonly TimeSpan LeastSpan = TimeSpan.FromSeconds(1);

    private TimeSpan _askedAt = clock.Elapsed;
    private long _captured;
    private long _analysed;
    private double? _fps;
    private double _hz;

    /// <summary>The program's version.</summary>
    public static string Version { get; } =
        typeof(HealthReporter).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";

    /// <summary>A report since the last one. One thread asks.</summary>
    public HealthReport Report()
    {
        var now = clock.Elapsed;
        if (now - _askedAt >= LeastSpan)
        {
            var seconds = (now - _askedAt).TotalSeconds;
            var (captured, analysed) = (camera?.CapturedFrames ?? 0, camera?.AnalysedFrames ?? 0);
            (_fps, _hz) = ((captured - _captured) / seconds, (analysed - _analysed) / seconds);
            (_askedAt, _captured, _analysed) = (now, captured, analysed);
        }

        var (p50, p99) = camera?.Latency.Percentiles() ?? default;
        var reasons = Reasons();
        var state = vehicle();
        return new HealthReport(
            camera is { IsStuck: true } ? HealthState.Failed : reasons.Count > 0 ? HealthState.Degraded : HealthState.Ok,
            reasons,
            _fps ?? 0,
            _hz,
            p50,
            p99,
            camera?.DroppedFrames ?? 0,
            Environment.WorkingSet / 1048576.0,
            now,
            RefusedPayload.From(inbox.RefusedCommands, inbox.RefusedReports, state),
            state.AllStale(now, signals));
    }

    private List<string> Reasons()
    {
        var reasons = new List<string>();
        if (camera is { IsStuck: true })
        {
            reasons.Add("a native call hangs");
        }

        if (camera?.Trouble is { } trouble)
        {
            reasons.Add($"camera: {trouble}");
        }
        else if (camera is { IsOpen: true } && _fps == 0)
        {
            reasons.Add("camera: no frames");
        }
        else if (camera is { IsOpen: true } && _hz < _fps / 2)
        {
            reasons.Add("perception is slower than the camera");
        }

        if (link.Status is { State: not MqttLinkState.Connected } status)
        {
            reasons.Add($"broker: {status.Reason}");
        }

        return reasons;
    }
}
