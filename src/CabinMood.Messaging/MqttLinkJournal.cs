using Microsoft.Extensions.Logging;

namespace CabinMood.Messaging;

/// <summary>Keeps a link's state and counters, and tells the log when the state changes, once. Thread-safe.</summary>
internal sealed class MqttLinkJournal(MqttOptions options, TimeProvider time, ILogger logger)
{
    private readonly Lock _gate = new();
    private MqttLinkStatus _status = new(MqttLinkState.Stopped, "not started", 0, 0, 0, 0, 0, 0);
    private long? _lostAt;
    private long _droppedBefore;

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

    internal void CountRejectedPublication() =>
        Change(s => s with { RejectedPublications = s.RejectedPublications + 1, RejectedSinceConnected = s.RejectedSinceConnected + 1 });

    internal void CountRefusedSubscription() => Change(s => s with { RefusedSubscriptions = s.RefusedSubscriptions + 1 });

    /// <summary>A new connection: what the broker allowed before says nothing about this one.</summary>
    internal void ForgetRefusals() => Change(s => s with { RefusedSubscriptions = 0, RejectedSinceConnected = 0 });

    internal void CountDroppedReplies(int count) => Change(s => s with { DroppedReplies = s.DroppedReplies + count });

    internal void CountFailedMessage() => Change(s => s with { FailedMessages = s.FailedMessages + 1 });

    /// <returns>True when the state or its reason is another one than before.</returns>
    internal bool Note(MqttLinkState state, string? reason, MqttObstacle obstacle = MqttObstacle.None) =>
        Change(s => s with { State = state, Reason = reason, Obstacle = obstacle });

    /// <summary>The broker said yes.</summary>
    /// <param name="replies">That waited for it.</param>
    internal bool NoteConnected(int replies)
    {
        if (Status is { SinceLoss: { } away, DroppedPublications: var dropped })
        {
            Log.Returned(logger, options.Host, options.Port, options.EffectiveClientId, away.TotalSeconds, replies, dropped - _droppedBefore);
        }
        else
        {
            Log.Connected(logger, options.Host, options.Port, options.EffectiveClientId);
        }

        return Change(s => s with { State = MqttLinkState.Connected, Reason = null, Obstacle = MqttObstacle.None, Connections = s.Connections + 1 });
    }

    /// <inheritdoc cref="Note"/>
    internal bool NoteEnd(MqttSessionEnd end)
    {
        var wasConnected = NoteLoss(end.Reason);
        if (!Note(end.IsRefusal ? MqttLinkState.Refused : MqttLinkState.Connecting, end.Reason, end.Obstacle))
        {
            return false;
        }

        if (end.IsOurs)
        {
            Log.CannotAsk(logger, options.Host, options.Port, end.Reason);
        }
        else if (end.IsRefusal)
        {
            Log.Refused(logger, options.Host, options.Port, end.Reason, (int)BackOff.AfterRefusal.TotalSeconds);
        }
        else if (wasConnected)
        {
            Log.Lost(logger, options.Host, options.Port, end.Reason);
        }
        else
        {
            Log.Unreachable(logger, options.Host, options.Port, end.Reason);
        }

        return true;
    }

    /// <summary>The link has ended.</summary>
    /// <param name="last">How its last connection or attempt ended.</param>
    /// <inheritdoc cref="Note"/>
    internal bool NoteStopped(MqttSessionEnd last)
    {
        if (Status is { State: not MqttLinkState.Connected, Reason: { } reason })
        {
            Log.GivenUp(logger, options.Host, options.Port, reason);
        }
        else if (!last.IsGoodbye)
        {
            Log.LeftUnconfirmed(logger, options.Host, options.Port, last.Reason);
        }
        else
        {
            Log.Disconnected(logger);
        }

        return Note(MqttLinkState.Stopped, "stopped");
    }

    /// <returns>True when there was a connection to lose.</returns>
    private bool NoteLoss(string reason)
    {
        lock (_gate)
        {
            var wasConnected = _status.State == MqttLinkState.Connected;
            if (wasConnected)
            {
                (_lostAt, _droppedBefore) = (time.GetTimestamp(), _status.DroppedPublications);
                _status = _status with { Loss = reason };
            }

            return wasConnected;
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
