namespace CabinMood.Messaging;

/// <summary>
/// Replies in the order in which they were given, until the broker acknowledges them. Only a few are under way at a time,
/// so that what else there is to say need not wait behind a thousand of them: that the camera is closed must be told
/// within 200 ms. What a lost connection left unacknowledged is sent again in the next one. Not thread-safe.
/// </summary>
internal sealed class PendingReplies
{
    /// <summary>Twice the broker's usual limit of queued commands would not help anybody; beyond it the oldest that wait go.</summary>
    internal const int Capacity = 1000;

    /// <summary>
    /// Replies under way. A mosquitto lets a client have 20 publications unacknowledged (max_inflight_messages); the rest is
    /// left to state. Fewer would keep a flood of commands waiting for their answers.
    /// </summary>
    internal const int Window = 16;

    private readonly LinkedList<PendingReply> _underWay = new();
    private readonly LinkedList<PendingReply> _waiting = new();

    internal int Count => _underWay.Count + _waiting.Count;

    /// <summary>Takes in a reply.</summary>
    /// <returns>False when the oldest one that waited had to go for it.</returns>
    internal bool Add(PendingReply reply)
    {
        var fits = Count < Capacity;
        if (!fits)
        {
            _waiting.RemoveFirst();
        }

        _waiting.AddLast(reply);
        return fits;
    }

    /// <summary>The broker has answered it, with yes or no.</summary>
    /// <returns>The reply; null when it was none.</returns>
    internal PendingReply? Acknowledge(int mid)
    {
        // Acknowledgements come in order: the first one asked is nearly always the one.
        for (var node = _underWay.First; node is not null; node = node.Next)
        {
            if (node.Value.Mid == mid)
            {
                _underWay.Remove(node);
                return node.Value;
            }
        }

        return null;
    }

    /// <summary>Sends as many as may be under way, in order.</summary>
    /// <param name="send">Sends one and gives it its message id; false when it can never be sent.</param>
    /// <returns>How many can never be sent, and are given up.</returns>
    internal int SendDue(Predicate<PendingReply> send)
    {
        var hopeless = 0;
        while (_underWay.Count < Window && _waiting.First is { } next)
        {
            var isPossible = send(next.Value);
            if (isPossible && next.Value.Mid is null)
            {
                // The connection is just breaking: the next one will take it.
                break;
            }

            _waiting.RemoveFirst();
            if (isPossible)
            {
                _underWay.AddLast(next);
            }
            else
            {
                hopeless++;
            }
        }

        return hopeless;
    }

    /// <summary>The connection is gone: message ids mean nothing any more, and all of them wait again.</summary>
    internal void Forget()
    {
        while (_underWay.Last is { } last)
        {
            last.Value.Mid = null;
            _underWay.RemoveLast();
            _waiting.AddFirst(last);
        }
    }
}
