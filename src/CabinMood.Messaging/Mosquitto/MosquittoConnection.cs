using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CabinMood.Messaging.Mosquitto;

/// <summary>
/// One connection to a broker, from CONNECT to its end; a new connection takes a new instance. So nothing of an
/// old connection (half-sent state, a refused password) can leak into the next, and the library's own
/// reconnecting, which cannot get over a refusal, is not used.
/// </summary>
/// <remarks>
/// The owner turns the loop with <see cref="Turn"/> on one thread and then takes what has arrived; the native
/// callbacks only copy. <see cref="Publish"/> and <see cref="Disconnect"/> may be called from any thread.
/// </remarks>
internal sealed unsafe class MosquittoConnection : IDisposable
{
    /// <summary>
    /// The broker keeps larger packets back, so that nobody can fill our memory with one. Far above the contract's
    /// 16 KiB, because what is too large by mistake shall still get its error reply.
    /// </summary>
    internal const uint MaxPacketBytes = 1024 * 1024;

    private readonly MosquittoHandle _client;
    private GCHandle _self;

    internal MosquittoConnection(string clientId)
    {
        MosquittoNative.EnsureInitialised();
        _self = GCHandle.Alloc(this);
        _client = MosquittoNative.mosquitto_new(clientId, cleanSession: false, GCHandle.ToIntPtr(_self));
        if (_client.IsInvalid)
        {
            _self.Free();
            throw new MosquittoException(nameof(MosquittoNative.mosquitto_new), 0, $"no client could be made for the id \"{clientId}\"");
        }

        Check(
            nameof(MosquittoNative.mosquitto_int_option),
            MosquittoNative.mosquitto_int_option(_client, MosquittoNative.OptionProtocolVersion, MosquittoNative.ProtocolMqtt5));

        // A small message must not wait for the acknowledgement of the last one: the camera's state has 200 ms.
        Check(
            nameof(MosquittoNative.mosquitto_int_option),
            MosquittoNative.mosquitto_int_option(_client, MosquittoNative.OptionTcpNoDelay, 1));

        // The loop runs on a thread of ours: publishing from another one has to wake it.
        Check(nameof(MosquittoNative.mosquitto_threaded_set), MosquittoNative.mosquitto_threaded_set(_client, true));

        MosquittoNative.mosquitto_connect_v5_callback_set(_client, &OnConnect);
        MosquittoNative.mosquitto_disconnect_v5_callback_set(_client, &OnDisconnect);
        MosquittoNative.mosquitto_message_v5_callback_set(_client, &OnMessage);
        MosquittoNative.mosquitto_publish_v5_callback_set(_client, &OnPublish);
        MosquittoNative.mosquitto_subscribe_v5_callback_set(_client, &OnSubscribe);
    }

    /// <summary>The broker's answer to CONNECT: 0 is yes, else a reason; null while there is none.</summary>
    internal int? ConnectReason { get; private set; }

    /// <summary>Why the connection ended: a reason of the broker or an error of the library; null while it has not.</summary>
    internal int? DisconnectReason { get; private set; }

    /// <summary>Messages that arrived, in order; for the thread that turns the loop.</summary>
    internal Queue<IncomingMessage> Messages { get; } = new();

    /// <summary>Publications the broker has answered: message id and reason; for the thread that turns the loop.</summary>
    internal Queue<(int Mid, int Reason)> Acknowledged { get; } = new();

    /// <summary>Subscriptions the broker has answered: message id and granted QoS or reason; for the thread that turns the loop.</summary>
    internal Queue<(int Mid, int Granted)> Subscribed { get; } = new();

    /// <summary>Callbacks that failed, always 0 unless memory has run out.</summary>
    internal int CallbackFailures { get; private set; }

    internal void UseCredentials(string username, string? password) =>
        Check(
            nameof(MosquittoNative.mosquitto_username_pw_set),
            MosquittoNative.mosquitto_username_pw_set(_client, username, password));

    /// <summary>
    /// Connects through TLS: the broker's certificate must come from the authority and name the host. 1.2 is the oldest
    /// version that the library agrees to by itself.
    /// </summary>
    internal void UseTls(string caFile, string? certificateFile, string? keyFile) =>
        Check(
            nameof(MosquittoNative.mosquitto_tls_set),
            MosquittoNative.mosquitto_tls_set(_client, caFile, null, certificateFile, keyFile, &NoPassPhrase));

    internal void SetWill(string topic, ReadOnlySpan<byte> payload)
    {
        fixed (byte* bytes = payload)
        {
            Check(
                nameof(MosquittoNative.mosquitto_will_set_v5),
                MosquittoNative.mosquitto_will_set_v5(_client, topic, payload.Length, bytes, qos: 1, retain: true, 0));
        }
    }

    /// <summary>Opens the socket and sends CONNECT; the answer comes with <see cref="Turn"/>.</summary>
    internal void Connect(string host, int port, int keepAliveSeconds, int sessionExpirySeconds)
    {
        using var properties = new MosquittoProperties();
        properties.WithInt32(MosquittoNative.PropertySessionExpiryInterval, (uint)sessionExpirySeconds)
            .WithInt32(MosquittoNative.PropertyMaximumPacketSize, MaxPacketBytes);
        Check(
            nameof(MosquittoNative.mosquitto_connect_bind_v5),
            MosquittoNative.mosquitto_connect_bind_v5(_client, host, port, keepAliveSeconds, null, properties));
    }

    /// <summary>Reads and writes what is due, waiting at most <paramref name="timeout"/> for something to do.</summary>
    /// <returns>0 while the connection stands, else why it ended.</returns>
    internal int Turn(TimeSpan timeout) =>
        MosquittoNative.mosquitto_loop(_client, (int)timeout.TotalMilliseconds, maxPackets: 1);

    /// <returns>The message id that the broker's answer will carry.</returns>
    internal int Subscribe(MqttSubscription subscription)
    {
        var options = subscription.RetainAsPublished ? MosquittoNative.SubscribeRetainAsPublished : 0;
        Check(
            nameof(MosquittoNative.mosquitto_subscribe_v5),
            MosquittoNative.mosquitto_subscribe_v5(_client, out var mid, subscription.Filter, subscription.Qos, options, 0));
        return mid;
    }

    /// <returns>0 and the message id that the acknowledgement will carry, or an error of the library.</returns>
    internal (int Code, int Mid) Publish(
        string topic, ReadOnlySpan<byte> payload, int qos, bool retain, MosquittoProperties properties)
    {
        fixed (byte* bytes = payload)
        {
            var code = MosquittoNative.mosquitto_publish_v5(
                _client, out var mid, topic, payload.Length, bytes, qos, retain, properties);
            return (code, mid);
        }
    }

    /// <summary>Says goodbye, so that the broker does not publish the last will.</summary>
    internal void Disconnect() => _ = MosquittoNative.mosquitto_disconnect_v5(_client, 0, 0);

    /// <inheritdoc/>
    public void Dispose()
    {
        _client.Dispose();
        if (_self.IsAllocated)
        {
            _self.Free();
        }
    }

    private static void Check(string call, int code)
    {
        if (code != MosquittoNative.Success)
        {
            throw new MosquittoException(call, code, MosquittoNative.Describe(code));
        }
    }

    private static MosquittoConnection From(nint userData) => (MosquittoConnection)GCHandle.FromIntPtr(userData).Target!;

    // Without this OpenSSL asks on the terminal, and a service waits for ever.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int NoPassPhrase(byte* buffer, int size, int isWriting, nint userData) => 0;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnConnect(nint client, nint userData, int reason, int flags, nint properties) =>
        From(userData).ConnectReason = reason;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnDisconnect(nint client, nint userData, int reason, nint properties) =>
        From(userData).DisconnectReason ??= reason;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnMessage(nint client, nint userData, MosquittoMessage* message, nint properties)
    {
        var connection = From(userData);
        try
        {
            var payload = new ReadOnlySpan<byte>(message->Payload, message->PayloadLength);
            connection.Messages.Enqueue(new IncomingMessage(
                Marshal.PtrToStringUTF8((nint)message->Topic) ?? "",
                payload[..Math.Min(payload.Length, IncomingMessage.MaxKeptBytes)].ToArray(),
                message->Retain != 0,
                MosquittoProperties.ReadString(properties, MosquittoNative.PropertyResponseTopic),
                MosquittoProperties.ReadBinary(properties, MosquittoNative.PropertyCorrelationData)));
        }
#pragma warning disable CA1031 // An exception that leaves a native callback kills the process.
        catch (Exception)
#pragma warning restore CA1031
        {
            connection.CallbackFailures++;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnPublish(nint client, nint userData, int mid, int reason, nint properties)
    {
        var connection = From(userData);
        try
        {
            connection.Acknowledged.Enqueue((mid, reason));
        }
#pragma warning disable CA1031 // An exception that leaves a native callback kills the process.
        catch (Exception)
#pragma warning restore CA1031
        {
            connection.CallbackFailures++;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnSubscribe(nint client, nint userData, int mid, int count, int* granted, nint properties)
    {
        var connection = From(userData);
        try
        {
            connection.Subscribed.Enqueue((mid, count > 0 ? granted[0] : MqttReason.FirstFailure));
        }
#pragma warning disable CA1031 // An exception that leaves a native callback kills the process.
        catch (Exception)
#pragma warning restore CA1031
        {
            connection.CallbackFailures++;
        }
    }
}
