using CabinMood.Messaging.Mosquitto;
using Microsoft.Extensions.Logging;

namespace CabinMood.Messaging;

/// <summary>
/// A lasting link to one MQTT 5 broker: connects, comes back after every loss, says whether we are here, and keeps
/// replies until the broker has them. State goes out at once, in its order, ahead of replies that wait. It is not kept:
/// what is published while the link is down is dropped and counted, and <see cref="Connected"/> asks for the current
/// state afterwards.
/// </summary>
/// <remarks>
/// All handlers run on the link's own thread, one after another; they must not block. Everything else may be
/// called from any thread.
/// </remarks>
public sealed class MqttLink : IAsyncDisposable
{
    private readonly MqttOptions _options;
    private readonly IReadOnlyList<MqttSubscription> _subscriptions;
    private readonly Action<IncomingMessage> _handle;
    private readonly string? _availabilityTopic;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly MqttLinkJournal _journal;

    private readonly MqttOutgoing _outgoing;

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly AutoResetEvent _soon = new(initialState: false);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _started;

    /// <summary>Prepares a link; nothing happens before <see cref="Start"/>.</summary>
    /// <param name="options">Valid options.</param>
    /// <param name="subscriptions">What to listen to; asked for anew at every connection.</param>
    /// <param name="handle">Takes every message that arrives. Messages it throws on are counted and logged.</param>
    /// <param name="availabilityTopic">
    /// Where to publish <c>online</c> and <c>offline</c>, also as last will; null for a link that does not tell.
    /// </param>
    /// <param name="time">For waiting between attempts.</param>
    /// <param name="logger">Told when the link comes and goes.</param>
    public MqttLink(
        MqttOptions options,
        IReadOnlyList<MqttSubscription> subscriptions,
        Action<IncomingMessage> handle,
        string? availabilityTopic,
        TimeProvider time,
        ILogger<MqttLink> logger)
    {
        _options = options;
        _subscriptions = subscriptions;
        _handle = handle;
        _availabilityTopic = availabilityTopic;
        _time = time;
        _logger = logger;
        _journal = new MqttLinkJournal(options, time, logger);
        _outgoing = new MqttOutgoing(_journal, logger);
    }

    /// <summary>The broker said yes and commands can arrive: publish the current state, once.</summary>
    public event EventHandler? Connected;

    /// <summary><see cref="Status"/> has another <see cref="MqttLinkStatus.State"/>.</summary>
    public event EventHandler? StateChanged;

    /// <summary>The broker said no to what was given to <see cref="PublishWatched"/>.</summary>
    public event EventHandler? WatchedRejected;

    /// <summary>State and counters.</summary>
    public MqttLinkStatus Status => _journal.Status with { PendingReplies = _outgoing.PendingReplies };

    /// <summary>Begins connecting, on a thread of its own.</summary>
    /// <exception cref="MosquittoException">libmosquitto is not installed.</exception>
    /// <exception cref="InvalidOperationException">Started before.</exception>
    public void Start()
    {
        MosquittoNative.EnsureInitialised();
        lock (_gate)
        {
            if (_started)
            {
                throw new InvalidOperationException("A link starts once.");
            }

            _started = true;
        }

        new Thread(Run) { Name = "mqtt", IsBackground = true }.Start();
    }

    /// <summary>Publishes state. Dropped and counted while the link is down.</summary>
    /// <returns>False when it was dropped.</returns>
    public bool Publish(string topic, ReadOnlySpan<byte> payload, int qos, bool retain, TimeSpan? expiry = null) =>
        Publish(topic, payload, qos, retain, expiry, isWatched: false);

    private bool Publish(string topic, ReadOnlySpan<byte> payload, int qos, bool retain, TimeSpan? expiry, bool isWatched)
    {
        using var properties = new MosquittoProperties();
        if (expiry is { } span)
        {
            properties.WithInt32(MosquittoNative.PropertyMessageExpiryInterval, (uint)span.TotalSeconds);
        }

        if (_outgoing.TrySend(topic, payload, qos, retain, properties, isWatched))
        {
            return true;
        }

        _journal.CountDroppedPublication();
        return false;
    }

    /// <summary>Publishes state as the contract wants it. Dropped and counted while the link is down.</summary>
    /// <returns>False when it was dropped.</returns>
    public bool Publish(in OutgoingMessage message) =>
        Publish(message.Topic, message.Payload.Span, message.Qos, message.Retain, message.Expiry);

    /// <summary>The same, and <see cref="HasDelivered"/> is false until the broker has it. For QoS 1.</summary>
    /// <returns>False when it was dropped.</returns>
    public bool PublishWatched(in OutgoingMessage message) =>
        Publish(message.Topic, message.Payload.Span, message.Qos, message.Retain, message.Expiry, isWatched: true);

    /// <summary>
    /// Whether the broker has all that was given to <see cref="PublishWatched"/> in this connection, or had it in the last
    /// one where there is none.
    /// </summary>
    public bool HasDelivered => _outgoing.HasDelivered();

    /// <summary>Publishes a command with the topic and data that its answer shall carry; for links that ask.</summary>
    /// <returns>False when it was dropped because the link is down.</returns>
    public bool Ask(string topic, ReadOnlySpan<byte> payload, string responseTopic, ReadOnlySpan<byte> correlationData)
    {
        using var properties = new MosquittoProperties()
            .WithString(MosquittoNative.PropertyResponseTopic, responseTopic)
            .WithBinary(MosquittoNative.PropertyCorrelationData, correlationData);
        return _outgoing.TrySend(topic, payload, qos: 1, retain: false, properties);
    }

    /// <summary>Publishes a reply, and keeps it until the broker has acknowledged it, over any number of connections.</summary>
    /// <param name="topic">The reply topic.</param>
    /// <param name="payload">The reply.</param>
    /// <param name="address">Where the asker wants it besides; null for nowhere.</param>
    public void PublishReply(string topic, ReadOnlySpan<byte> payload, ReplyAddress? address = null) =>
        _outgoing.Reply(topic, payload.ToArray(), address);

    /// <summary>
    /// Whoever knows that what the broker refused has been mended need not wait: the next attempt is made now, and its outcome
    /// is told anew.
    /// </summary>
    public void TryNow() => _soon.Set();

    /// <summary>Publishes <c>offline</c>, says goodbye and ends the link. Replies still pending are lost.</summary>
    public async Task StopAsync(CancellationToken cancellation = default)
    {
        bool started;
        lock (_gate)
        {
            started = _started;
            _started = true;
        }

        if (started)
        {
            await _stop.CancelAsync().ConfigureAwait(false);
            await _ended.Task.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        _stop.Dispose();
        _soon.Dispose();
    }

    private void Run()
    {
        var backOff = new BackOff();
        var rivals = new RivalWatch(_options.EffectiveClientId);
        Tell(_journal.Note(MqttLinkState.Connecting, MqttLinkStatus.Unanswered));
        MqttSessionEnd end = default;
        while (!_stop.IsCancellationRequested)
        {
            end = Connect(backOff, rivals);
            if (!_stop.IsCancellationRequested)
            {
                Tell(_journal.NoteEnd(end));
                Pause(end is { IsRefusal: true, IsOurs: false } ? BackOff.AfterRefusal : backOff.Next(), end.Reason);
            }
        }

        Tell(_journal.NoteStopped(end));
        _ended.SetResult();
    }

    /// <summary>One connection from beginning to end.</summary>
    private MqttSessionEnd Connect(BackOff backOff, RivalWatch rivals)
    {
        try
        {
            using var session = MqttSession.Open(_options, _availabilityTopic, _time, _stop.Token);
            if (session.Refusal is { } refusal)
            {
                rivals.Reset();
                return refusal;
            }

            var since = _time.GetTimestamp();
            _journal.ForgetRefusals();
            try
            {
                var end = session.Subscribe(_subscriptions, Handle, Acknowledge, FilterRefused) ?? Attend(session);
                if (end.IsTakenOver && BrokerProbe.FindsNobody(_options, _time, _stop.Token))
                {
                    rivals.Reset();
                    return end;
                }

                return rivals.Judge(end, _time.GetElapsedTime(since));
            }
            finally
            {
                backOff.Stood(_time.GetElapsedTime(since));
                _outgoing.Leave();
                // Asked for before this connection stood, it has been done.
                _soon.Reset();
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return new MqttSessionEnd("stopped");
        }
        catch (MosquittoException exception)
        {
            return new MqttSessionEnd(exception.Message);
        }
#pragma warning disable CA1031 // The link's boundary: whatever happens, it must come back.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.LinkFailed(_logger, exception);
            return new MqttSessionEnd(exception.Message);
        }
    }

    private MqttSessionEnd Attend(MqttSession session)
    {
        var replies = _outgoing.PendingReplies;
        _outgoing.Enter(session);
        Tell(_journal.NoteConnected(replies));
        Connected?.Invoke(this, EventArgs.Empty);
        return session.Run(() => _outgoing.HasAnswered() && _outgoing.HasDelivered(), _stop.Token);
    }

    private void Handle(IncomingMessage message)
    {
        try
        {
            _handle(message);
        }
#pragma warning disable CA1031 // The link's boundary: one bad message must not cost the connection.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.MessageFailed(_logger, exception, message.Topic);
            _journal.CountFailedMessage();
        }
    }

    private void Acknowledge(int mid, int reason)
    {
        if (_outgoing.Acknowledge(mid, reason))
        {
            WatchedRejected?.Invoke(this, EventArgs.Empty);
        }
    }

    private void FilterRefused(string filter, int reason)
    {
        _journal.CountRefusedSubscription();
        Log.SubscriptionRefused(_logger, filter, MosquittoNative.DescribeReason(reason));
    }

    private void Tell(bool stateHasChanged)
    {
        if (stateHasChanged)
        {
            StateChanged?.Invoke(this, EventArgs.Empty);
        }
    }

    private void Pause(TimeSpan span, string reason)
    {
        Log.Waiting(_logger, span.TotalSeconds, reason);
        using var over = new ManualResetEvent(false);
        using var timer = _time.CreateTimer(static state => ((ManualResetEvent)state!).Set(), over, span, Timeout.InfiniteTimeSpan);
        const int soon = 1;
        if (WaitHandle.WaitAny([over, _soon, _stop.Token.WaitHandle]) == soon)
        {
            Tell(_journal.Note(MqttLinkState.Connecting, "it is being asked again"));
        }
    }
}
