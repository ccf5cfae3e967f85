using CabinMood.Messaging;

namespace CabinMood.Service.Hosting;

/// <summary>
/// Tells systemd that the service is ready once the broker has said yes or no or is known to be away; afterwards, in the
/// status line, whenever that changes. Without its broker the service is ready but degraded, and says so. Thread-safe.
/// </summary>
/// <param name="systemd">Is told.</param>
/// <param name="link">The link to the broker, as it is now.</param>
/// <param name="time">For the patience with a broker that says nothing.</param>
internal sealed class Readiness(SystemdNotifier systemd, Func<MqttLinkStatus> link, TimeProvider time) : IDisposable
{
    // A broker that takes the connection has 3 s to answer it; far below the unit's TimeoutStartSec.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private ITimer? _patience;
    private bool _isReady;

    /// <summary>Everything else is loaded: from here on only the broker is waited for, and not for long.</summary>
    public void WaitForBroker() => _patience = time.CreateTimer(_ => Tell(link(), isEnough: true), null, Patience, Timeout.InfiniteTimeSpan);

    /// <summary>The link's state is another one.</summary>
    public void LinkChanged()
    {
        var status = link();
        if (status.State != MqttLinkState.Stopped)
        {
            Tell(status, status.State is MqttLinkState.Connected or MqttLinkState.Refused || status.Obstacle == MqttObstacle.Unreachable);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _patience?.Dispose();

    private void Tell(MqttLinkStatus status, bool isEnough)
    {
        var line = status.State == MqttLinkState.Connected
            ? "Connected to the broker; consent is asked for each trip"
            : $"Degraded: broker: {status.Reason}";
        lock (_gate)
        {
            if (_isReady)
            {
                systemd.Status(line);
            }
            else if (isEnough)
            {
                _isReady = true;
                systemd.Ready(line);
            }
        }
    }
}
