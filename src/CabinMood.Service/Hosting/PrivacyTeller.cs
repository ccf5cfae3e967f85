using CabinMood.Messaging;

namespace CabinMood.Service.Hosting;

/// <summary>
/// Tells the privacy topic: over the urgent connection, where no answer to a flood is in its way, else over the one for
/// everything. Two connections keep no order between them, and the last word is retained: so the connection only changes
/// when the broker has all that was told over the one before, or what is told goes over both. Thread-safe.
/// </summary>
/// <param name="link">For everything.</param>
/// <param name="urgent">Null where there is none.</param>
public sealed class PrivacyTeller(MqttLink link, MqttLink? urgent)
{
    private readonly Lock _gate = new();
    private OutgoingMessage? _last;
    private bool _isFirstAfterConnecting = true;
    private bool _isUrgentRejected;

    /// <summary>Tells it. Dropped where there is no connection: the state is told again at the next.</summary>
    public void Tell(in OutgoingMessage privacy)
    {
        lock (_gate)
        {
            _last = privacy;
            // "online" comes first, so what follows it takes the same way. What a connection that is gone may still have brought
            // the broker is older than what the next one of its kind tells.
            var isUrgent = !_isFirstAfterConnecting && !_isUrgentRejected && urgent is { Status.State: MqttLinkState.Connected }
                && (link.HasDelivered || link.Status.State != MqttLinkState.Connected);
            if (isUrgent && urgent!.PublishWatched(privacy))
            {
                return;
            }

            // What is still under way there could come later than this, and must not be the last word.
            if (urgent is { Status.State: MqttLinkState.Connected, HasDelivered: false })
            {
                urgent.PublishWatched(privacy);
            }

            _isFirstAfterConnecting &= !link.PublishWatched(privacy);
        }
    }

    /// <summary>The connection for everything stands: its state is told anew.</summary>
    public void LinkConnected()
    {
        lock (_gate)
        {
            _isFirstAfterConnecting = true;
        }
    }

    /// <summary>The connection for everything is gone, and what the broker has not confirmed may be lost with it.</summary>
    public void LinkLost()
    {
        lock (_gate)
        {
            if (!_isUrgentRejected && !link.HasDelivered && _last is { } last)
            {
                urgent?.PublishWatched(last);
            }
        }
    }

    /// <summary>The broker does not let the urgent connection tell it: the rights of a client can hang on its id.</summary>
    public void UrgentRejected()
    {
        lock (_gate)
        {
            _isUrgentRejected = true;
            if (_last is { } last)
            {
                link.PublishWatched(last);
            }
        }
    }

    /// <summary>The urgent connection is gone, and what the broker has not confirmed may be lost with it. The next one may do more.</summary>
    public void UrgentLost()
    {
        lock (_gate)
        {
            _isUrgentRejected = false;
            if (urgent is { HasDelivered: false } && _last is { } last)
            {
                link.PublishWatched(last);
            }
        }
    }
}
