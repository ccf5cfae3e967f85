using CabinMood.Messaging.Mosquitto;
using Microsoft.Extensions.Logging;

namespace CabinMood.Messaging;

/// <summary>
/// What a link sends: state through the connection of the moment or not at all, ahead of replies that wait; replies over
/// any number of connections until the broker has them. Thread-safe.
/// </summary>
internal sealed class MqttOutgoing(MqttLinkJournal journal, ILogger logger)
{
    private readonly Lock _gate = new();
    private readonly PendingReplies _replies = new();
    private readonly HashSet<int> _watched = [];
    private MqttSession? _session;

    /// <summary>Replies that the broker has not acknowledged yet.</summary>
    internal int PendingReplies
    {
        get
        {
            lock (_gate)
            {
                return _replies.Count;
            }
        }
    }

    /// <summary>A connection stands: says that we are here, then what we owe.</summary>
    internal void Enter(MqttSession session)
    {
        lock (_gate)
        {
            _session = session;
            _watched.Clear();
            session.Arrive();
            SendReplies();
        }
    }

    /// <summary>The connection is gone; replies that it has not acknowledged wait for the next.</summary>
    internal void Leave()
    {
        lock (_gate)
        {
            _session = null;
            _replies.Forget();
        }
    }

    /// <returns>False when there is no connection, or it takes no more.</returns>
    internal bool TrySend(string topic, ReadOnlySpan<byte> payload, int qos, bool retain, MosquittoProperties properties, bool isWatched = false)
    {
        lock (_gate)
        {
            if (_session is not { IsOpen: true } session)
            {
                return false;
            }

            var (code, mid) = session.Publish(topic, payload, qos, retain, properties);
            if (code == MosquittoNative.Success && isWatched)
            {
                _watched.Add(mid);
            }

            return code == MosquittoNative.Success;
        }
    }

    /// <summary>True when the broker has all that is watched.</summary>
    internal bool HasDelivered()
    {
        lock (_gate)
        {
            return _watched.Count == 0;
        }
    }

    /// <summary>Sends a reply now, if there is a connection, and keeps it until it is acknowledged.</summary>
    internal void Reply(string topic, byte[] payload, ReplyAddress? address)
    {
        lock (_gate)
        {
            Keep(new PendingReply(topic, payload, null));
            if (address is not null)
            {
                Keep(new PendingReply(address.ResponseTopic, payload, address.CorrelationData));
            }
        }
    }

    /// <summary>The broker has answered a publication, with yes or no.</summary>
    /// <returns>True when it was a watched one, and the answer no.</returns>
    internal bool Acknowledge(int mid, int reason)
    {
        string? topic;
        bool isWatched;
        lock (_gate)
        {
            isWatched = _watched.Remove(mid);
            var reply = _replies.Acknowledge(mid);
            topic = _session?.Settle(mid);
            SendReplies();
            // A topic that the asker chose, and that we may not write to, is the asker's mistake and not the broker's.
            if (reason < MqttReason.FirstFailure || reply is { CorrelationData: not null })
            {
                return false;
            }

            journal.CountRejectedPublication();
            if (topic is null || !_session!.NoteRejection(topic))
            {
                return isWatched;
            }
        }

        Log.PublicationRejected(logger, topic, MosquittoNative.DescribeReason(reason));
        return isWatched;
    }

    /// <summary>True when no reply waits any more.</summary>
    internal bool HasAnswered() => PendingReplies == 0;

    private void Keep(PendingReply reply)
    {
        if (!_replies.Add(reply))
        {
            journal.CountDroppedReplies(1);
            // The first of a flood and then few: the log ends on flash memory.
            if (journal.Status.DroppedReplies % 10_000 == 1)
            {
                Log.ReplyDropped(logger, _replies.Count);
            }
        }

        SendReplies();
    }

    // As many as may be under way; every acknowledgement lets the next one go.
    private void SendReplies()
    {
        if (_session is { IsOpen: true } session)
        {
            journal.CountDroppedReplies(_replies.SendDue(session.Send));
        }
    }
}
