namespace CabinMood.Messaging;

/// <summary>
/// Replies in the order in which they were given, until the broker acknowledges them. What a lost connection left
/// unacknowledged is sent again in the next one. Not thread-safe.
/// </summary>
internal sealed class PendingReplies
{
    /// <summary>Twice the broker's usual limit of queued commands would not help anybody; beyond it the oldest go.</summary>
    internal const int Capacity = 1000;

    private readonly LinkedList<PendingReply> _replies = new();

    internal int Count => _replies.Count;

    /// <summary>Takes in a reply.</summary>
    /// <returns>False when the oldest one had to go for it.</returns>
    internal bool Add(PendingReply reply)
    {
        var fits = _replies.Count < Capacity;
        if (!fits)
        {
            _replies.RemoveFirst();
        }

        _replies.AddLast(reply);
        return fits;
    }

    /// <summary>The broker has it.</summary>
    internal void Acknowledge(int mid)
    {
        // Acknowledgements come in order: the first one asked is nearly always the one.
        for (var node = _replies.First; node is not null; node = node.Next)
        {
            if (node.Value.Mid == mid)
            {
                _replies.Remove(node);
                return;
            }
        }
    }

    /// <summary>Asks about every reply in order and removes those for which the answer is yes.</summary>
    /// <returns>How many went.</returns>
    internal int RemoveWhere(Predicate<PendingReply> isHopeless)
    {
        var removed = 0;
        for (var node = _replies.First; node is not null;)
        {
            var next = node.Next;
            if (isHopeless(node.Value))
            {
                _replies.Remove(node);
                removed++;
            }

            node = next;
        }

        return removed;
    }

    /// <summary>The connection is gone: message ids mean nothing any more.</summary>
    internal void Forget()
    {
        foreach (var reply in _replies)
        {
            reply.Mid = null;
        }
    }
}
