using System.Collections.Concurrent;
using System.Globalization;
using CabinMood.Messaging.Mosquitto;

namespace CabinMood.Messaging;

/// <summary>
/// One connection of a link, from the first packet to the last. Belongs to the link's thread; what other threads
/// may call says so.
/// </summary>
internal sealed class MqttSession : IDisposable
{
    /// <summary>For goodbye, <c>offline</c> included: a broker that hangs must not hold up a shutdown.</summary>
    private static readonly TimeSpan LeaveTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Upper bound for one turn, and so for noticing that the link shall stop; publishing wakes the loop earlier.</summary>
    private static readonly TimeSpan TurnTimeout = TimeSpan.FromMilliseconds(200);

    private readonly MqttOptions _options;
    private readonly string? _availabilityTopic;
    private readonly TimeProvider _time;
    private readonly Dictionary<int, string> _asked = [];
    private readonly ConcurrentDictionary<int, string> _underWay = new();
    private readonly HashSet<string> _refused = new(StringComparer.Ordinal);
    private Action<IncomingMessage> _handle = static _ => { };
    private Action<int, int> _acknowledge = static (_, _) => { };
    private volatile bool _isOpen;

    private MqttSession(MqttOptions options, string? availabilityTopic, TimeProvider time)
    {
        Connection = new MosquittoConnection(options.EffectiveClientId);
        _options = options;
        _availabilityTopic = availabilityTopic;
        _time = time;
    }

    internal MosquittoConnection Connection { get; }

    /// <summary>Why the broker said no; null when it said yes.</summary>
    internal MqttSessionEnd? Refusal { get; private set; }

    /// <summary>False once the connection has ended or goodbye is being said. From any thread.</summary>
    internal bool IsOpen => _isOpen;

    /// <summary>Connects and waits for the broker's answer.</summary>
    /// <exception cref="MosquittoException">libmosquitto refused a setting or the connection.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    internal static MqttSession Open(
        MqttOptions options, string? availabilityTopic, TimeProvider time, CancellationToken cancellation)
    {
        var session = new MqttSession(options, availabilityTopic, time);
        try
        {
            session.Refusal = new BrokerHandshake(session.Connection, options, time).Perform(availabilityTopic, cancellation);
            session._isOpen = session.Refusal is null;
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Subscribes and waits until the broker has answered: from then on no command is missed.</summary>
    /// <param name="subscriptions">What to listen to.</param>
    /// <param name="handle">Takes messages, from now on.</param>
    /// <param name="acknowledge">Takes the broker's answers to publications, from now on.</param>
    /// <param name="refused">Told of subscriptions that the broker refuses.</param>
    /// <returns>Null, or why the connection ended meanwhile.</returns>
    internal MqttSessionEnd? Subscribe(
        IReadOnlyList<MqttSubscription> subscriptions,
        Action<IncomingMessage> handle,
        Action<int, int> acknowledge,
        Action<string, int> refused)
    {
        (_handle, _acknowledge) = (handle, acknowledge);
        foreach (var subscription in subscriptions)
        {
            _asked[Connection.Subscribe(subscription)] = subscription.Filter;
        }

        var since = _time.GetTimestamp();
        while (_asked.Count > 0)
        {
            if (Turn() is { } end)
            {
                return end;
            }

            while (Connection.Subscribed.TryDequeue(out var answer))
            {
                if (_asked.Remove(answer.Mid, out var filter) && answer.Granted >= MqttReason.FirstFailure)
                {
                    refused(filter, answer.Granted);
                }
            }

            if (_time.GetElapsedTime(since) > BrokerHandshake.AnswerTimeout)
            {
                return new MqttSessionEnd("it does not answer subscriptions");
            }
        }

        return null;
    }

    /// <summary>Publishes <c>online</c>.</summary>
    internal void Arrive()
    {
        if (_availabilityTopic is not null)
        {
            _ = PublishAvailability("online"u8);
        }
    }

    /// <summary>Sends a reply in this connection. From any thread that holds the link's lock.</summary>
    /// <returns>False when it can never be sent, for example to a topic that is not valid.</returns>
    internal bool Send(PendingReply reply)
    {
        using var properties = new MosquittoProperties();
        if (reply.CorrelationData is { } data)
        {
            properties.WithBinary(MosquittoNative.PropertyCorrelationData, data.Span);
        }

        var (code, mid) = Publish(reply.Topic, reply.Payload, qos: 1, retain: false, properties);
        reply.Mid = code == MosquittoNative.Success ? mid : null;
        return code is MosquittoNative.Success or MosquittoNative.NoConnection;
    }

    /// <summary>Sends something in this connection. From any thread that holds the link's lock.</summary>
    /// <inheritdoc cref="MosquittoConnection.Publish"/>
    internal (int Code, int Mid) Publish(string topic, ReadOnlySpan<byte> payload, int qos, bool retain, MosquittoProperties properties)
    {
        var (code, mid) = Connection.Publish(topic, payload, qos, retain, properties);
        if (code == MosquittoNative.Success && qos > 0)
        {
            _underWay[mid] = topic;
        }

        return (code, mid);
    }

    /// <summary>The broker has answered a publication. From any thread that holds the link's lock.</summary>
    /// <returns>Its topic; null when it was not sent in this connection.</returns>
    internal string? Settle(int mid) => _underWay.TryRemove(mid, out var topic) ? topic : null;

    /// <summary>True the first time it is called for a topic: one line each is enough to tell of missing rights.</summary>
    internal bool NoteRejection(string topic) => _refused.Add(topic);

    /// <summary>Turns the loop until the connection ends or the link is stopped.</summary>
    /// <param name="isSettled">True when the broker has all that must not be lost: no reply waits any more, and nothing watched.</param>
    /// <param name="stop">Then what is not settled yet is waited for, and goodbye is said.</param>
    internal MqttSessionEnd Run(Func<bool> isSettled, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            if (Turn() is { } end)
            {
                return end;
            }
        }

        return Leave(isSettled);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isOpen = false;
        Connection.Dispose();
    }

    /// <summary>Turns the loop once and hands on what has arrived.</summary>
    /// <returns>Null while the connection stands.</returns>
    private MqttSessionEnd? Turn()
    {
        var code = Connection.Turn(TurnTimeout);
        while (Connection.Acknowledged.TryDequeue(out var answer))
        {
            _acknowledge(answer.Mid, answer.Reason);
        }

        while (Connection.Messages.TryDequeue(out var message))
        {
            _handle(message);
        }

        if (code == MosquittoNative.Success && Connection.DisconnectReason is null)
        {
            return null;
        }

        _isOpen = false;
        return MqttSessionEnd.Of(Connection, code, _options.KeepAliveSeconds);
    }

    /// <summary>Waits until all is settled, publishes <c>offline</c>, waits until the broker has it, and says goodbye.</summary>
    private MqttSessionEnd Leave(Func<bool> isSettled)
    {
        var since = _time.GetTimestamp();
        while (!isSettled() && _time.GetElapsedTime(since) < LeaveTimeout)
        {
            if (Turn() is { } end)
            {
                return end;
            }
        }

        _isOpen = false;
        var offline = _availabilityTopic is null ? null : PublishAvailability("offline"u8);
        var isOut = _availabilityTopic is null;
        var acknowledge = _acknowledge;
        _acknowledge = (mid, reason) =>
        {
            isOut |= mid == offline;
            acknowledge(mid, reason);
        };

        while (!isOut && _time.GetElapsedTime(since) < LeaveTimeout)
        {
            if (Turn() is { } end)
            {
                return end;
            }
        }

        if (!isOut)
        {
            // No goodbye: it would take back the last will, which is then the only way to be known as offline.
            return new MqttSessionEnd(string.Create(CultureInfo.InvariantCulture, $"it did not answer for {LeaveTimeout.TotalSeconds} s"));
        }

        Connection.Disconnect();
        while (_time.GetElapsedTime(since) < LeaveTimeout && Turn() is null)
        {
            // Until the goodbye is out, which ends the connection.
        }

        return new MqttSessionEnd("stopped", IsGoodbye: true);
    }

    private int? PublishAvailability(ReadOnlySpan<byte> payload)
    {
        using var none = new MosquittoProperties();
        var (code, mid) = Publish(_availabilityTopic!, payload, qos: 1, retain: true, none);
        return code == MosquittoNative.Success ? mid : null;
    }
}
