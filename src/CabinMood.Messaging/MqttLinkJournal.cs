using Microsoft.Extensions.Logging;

namespace CabinMood.Messaging;

/// <summary>Keeps a link's state and counters, and tells the log when the state changes, once. Thread-safe.</summary>
internal sealed class MqttLinkJournal(MqttOptions options, TimeProvider time, ILogger logger)
{
    private readonly Lock _gate = new();
    private MqttLinkStatus _status = new(MqttLinkState.Stopped, "not started", 0, 0, 0, 0, 0, 0);
    private long? _lostAt;

    internal MqttLinkStatus Status
    {
        get
        {
            lock (_gate)
            {
                return _status with { SinceLoss = _lostAt is { } at ? time.GetElapsedTime(at) : null };
            }
        }
    }

    internal void CountDroppedPublication() => Change(s => s with { DroppedPublications = s.DroppedPublications + 1 });

    internal void CountRejectedPublication() => Change(s => s with { RejectedPublications = s.RejectedPublications + 1 });

    internal void CountRefusedSubscription() => Change(s => s with { RefusedSubscriptions = s.RefusedSubscriptions + 1 });

    internal void ForgetRefusedSubscriptions() => Change(s => s with { RefusedSubscriptions = 0 });

    internal void CountDroppedReplies(int count) => Change(s => s with { DroppedReplies = s.DroppedReplies + count });

    internal void CountFailedMessage() => Change(s => s with { FailedMessages = s.FailedMessages + 1 });

    /// <returns>True when the state or its reason is another one than before.</returns>
    internal bool Note(MqttLinkState state, string? reason, MqttObstacle obstacle = MqttObstacle.None) =>
        Change(s => s with { State = state, Reason = reason, Obstacle = obstacle });

    internal bool NoteConnected()
    {
        Log.Connected(logger, options.Host, options.Port, options.EffectiveClientId);
        return Change(s => s with { State = MqttLinkState.Connected, Reason = null, Obstacle = MqttObstacle.None, Connections = s.Connections + 1 });
    }

    /// <inheritdoc cref="Note"/>
    internal bool NoteEnd(MqttSessionEnd end)
    {
        NoteLoss(end.Reason);
        if (!Note(end.IsRefusal ? MqttLinkState.Refused : MqttLinkState.Connecting, end.Reason, end.Obstacle))
        {
            return false;
        }

        if (end.IsRefusal)
        {
            Log.Refused(logger, options.Host, options.Port, end.Reason, (int)BackOff.AfterRefusal.TotalSeconds);
        }
        else
        {
            Log.Lost(logger, options.Host, options.Port, end.Reason);
        }

        return true;
    }

    private void NoteLoss(string reason)
    {
        lock (_gate)
        {
            if (_status.State == MqttLinkState.Connected)
            {
                _lostAt = time.GetTimestamp();
                _status = _status with { Loss = reason };
            }
        }
    }

    private bool Change(Func<MqttLinkStatus, MqttLinkStatus> change)
    {
        lock (_gate)
        {
            var before = _status;
            _status = change(before);
            return (before.State, before.Reason) != (_status.State, _status.Reason);
        }
    }
}
