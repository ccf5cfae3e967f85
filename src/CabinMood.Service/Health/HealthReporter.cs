using System.Reflection;
using CabinMood.Core.Safety;
using CabinMood.Messaging;
using CabinMood.Messaging.Payloads;
using CabinMood.Service.Hosting;

namespace CabinMood.Service.Health;

/// <summary>Says how the service is. What it says is what it measured since it was last asked.</summary>
/// <param name="clock">Of the service.</param>
/// <param name="camera">Null where none may be opened.</param>
/// <param name="link">To the broker.</param>
/// <param name="urgent">The connection of the driver's no; null where there is none.</param>
/// <param name="inbox">Counts what it refused.</param>
/// <param name="vehicle">The vehicle's signals as the conductor knows them now.</param>
/// <param name="signals">Which of them are fitted.</param>
/// <param name="turns">How often the conductor has turned.</param>
/// <param name="storage">What is wrong with storage.</param>
public sealed class HealthReporter(
    ServiceClock clock, CameraWorker? camera, MqttLink link, MqttLink? urgent, Inbox inbox, Func<VehicleState> vehicle, VehicleOptions signals, Func<long> turns, StorageWatch storage)
{
    // Rates over less than this are noise: a second question keeps the first one's answer.
    private static readonly TimeSpan LeastSpan = TimeSpan.FromSeconds(1);

    private TimeSpan _askedAt = clock.Elapsed;
    private long _captured;
    private long _analysed;
    private long _rejected;
    private long _newlyRejected;
    private long _turns = -1;
    private bool _conductorTurns = true;
    private double? _fps;
    private double _hz;
    private long _handled;
    private double _handledPerSecond;

    /// <summary>The program's version.</summary>
    public static string Version { get; } =
        typeof(HealthReporter).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";

    /// <summary>As last reported.</summary>
    public HealthState State { get; private set; }

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
            var handled = camera?.HandledFrames ?? 0;
            (_handledPerSecond, _handled) = ((handled - _handled) / seconds, handled);
            var (rejected, turned) = (link.Status.RejectedPublications, turns());
            (_newlyRejected, _rejected) = (rejected - _rejected, rejected);
            (_conductorTurns, _turns) = (turned != _turns, turned);
        }

        var (p50, p99) = camera?.Latency.Percentiles() ?? default;
        var (health, reasons) = HealthRules.Judge(new HealthFacts(
            camera is { IsStuck: true },
            _conductorTurns,
            camera is { IsOpen: true },
            camera?.Trouble,
            _fps,
            _handledPerSecond,
            TimeSpan.FromMilliseconds(p50),
            link.Status,
            urgent?.Status,
            _newlyRejected,
            storage.Trouble,
            storage.FreeBytes));
        State = health;
        var state = vehicle();
        return new HealthReport(
            health,
            reasons,
            _fps ?? 0,
            _hz,
            p50,
            p99,
            camera?.DroppedFrames ?? 0,
            Environment.WorkingSet / 1048576.0,
            now,
            RefusedPayload.From(inbox.RefusedCommands, inbox.RefusedReports, inbox.RefusedResponseTopics, state),
            state.AllStale(now, signals));
    }
}
