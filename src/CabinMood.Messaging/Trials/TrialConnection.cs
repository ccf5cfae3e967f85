using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using CabinMood.Messaging.Mosquitto;

namespace CabinMood.Messaging.Trials;

/// <summary>
/// A connection that can leave a message of QoS 2 unreleased: libmosquitto releases each one by itself as soon as the broker
/// has it, so this speaks MQTT without it. Used by one caller at a time.
/// </summary>
/// <remarks>
/// All calls throw <see cref="IOException"/>, <see cref="SocketException"/> or <see cref="InvalidDataException"/> when the
/// broker ends the connection or speaks something else, and <see cref="OperationCanceledException"/> when it does not answer
/// in time.
/// </remarks>
internal sealed class TrialConnection : IAsyncDisposable
{
    private readonly TcpClient _client;
    private readonly Stream _stream;
    private readonly List<ReadOnlyMemory<byte>> _heard = [];
    private ushort _lastId;

    private TrialConnection(TcpClient client, Stream stream) => (_client, _stream) = (client, stream);

    /// <summary>Payloads of what came through subscriptions, in order.</summary>
    internal IReadOnlyList<ReadOnlyMemory<byte>> Heard => _heard;

    /// <summary>Connects as the service's user, under the client id of the options.</summary>
    /// <exception cref="System.Security.Authentication.AuthenticationException">The broker's certificate is not trusted.</exception>
    internal static async Task<TrialConnection> OpenAsync(MqttOptions options, CancellationToken cancellation)
    {
        var client = new TcpClient { NoDelay = true };
        try
        {
            await client.ConnectAsync(options.Host, options.Port, cancellation).ConfigureAwait(false);
            var stream = options.Tls ? await SecureAsync(client.GetStream(), options, cancellation).ConfigureAwait(false) : client.GetStream();
            var connection = new TrialConnection(client, stream);
            var password = options.Username.Length > 0 ? CredentialFile.ReadPassword(options) : null;
            var answer = await connection.AskAsync(TrialRequest.Connect(options.EffectiveClientId, options.Username, password), TrialPacket.ConnectAnswer, cancellation).ConfigureAwait(false);
            return answer == 0 ? connection : throw new IOException($"it refuses a further connection: {MosquittoNative.DescribeReason(answer)}");
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>Listens at QoS 0.</summary>
    /// <returns>The broker's reason.</returns>
    internal Task<int> SubscribeAsync(string filter, CancellationToken cancellation) =>
        AskAsync(TrialRequest.Subscribe(NextId(), filter), TrialPacket.SubscribeAnswer, cancellation);

    /// <summary>Publishes at QoS 1, unretained: who listens hears it.</summary>
    /// <inheritdoc cref="SubscribeAsync"/>
    internal Task<int> TellAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancellation) =>
        AskAsync(TrialRequest.Publish(1, NextId(), topic, payload.Span), TrialPacket.Acknowledged, cancellation);

    /// <summary>Publishes at QoS 2, unretained, and leaves it there: the broker says whether we may, and waits for <see cref="ReleaseLastAsync"/>.</summary>
    /// <inheritdoc cref="SubscribeAsync"/>
    internal Task<int> OfferAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancellation) =>
        AskAsync(TrialRequest.Publish(2, NextId(), topic, payload.Span), TrialPacket.Received, cancellation);

    /// <summary>Lets the last offer go on to those who listen.</summary>
    internal Task ReleaseLastAsync(CancellationToken cancellation) =>
        AskAsync(TrialRequest.Release(_lastId), TrialPacket.Complete, cancellation);

    /// <summary>Waits for what a subscription brings.</summary>
    internal async Task HearAsync(CancellationToken cancellation) => _ = await NextAsync(TrialPacket.Message, cancellation).ConfigureAwait(false);

    /// <summary>Says goodbye, with which the broker forgets what was not released.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await _stream.WriteAsync(TrialRequest.Disconnect()).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException)
        {
            // It is gone already.
        }

        await _stream.DisposeAsync().ConfigureAwait(false);
        _client.Dispose();
    }

    // The password travels here, so the broker must prove who it is, as it must to libmosquitto.
    private static async Task<Stream> SecureAsync(Stream inner, MqttOptions options, CancellationToken cancellation)
    {
        var files = TlsFiles.Of(options);
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(files.Authority);
        using var own = files.Certificate is null ? null : X509Certificate2.CreateFromPemFile(files.Certificate, files.Key);
        var stream = new SslStream(inner);
        var authentication = new SslClientAuthenticationOptions { TargetHost = options.Host, ClientCertificates = own is null ? [] : [own], CertificateChainPolicy = policy };
        try
        {
            await stream.AuthenticateAsClientAsync(authentication, cancellation).ConfigureAwait(false);
        }
        catch (IOException exception)
        {
            throw Closed(exception);
        }

        return stream;
    }

    private ushort NextId() => ++_lastId;

    private async Task<int> AskAsync(byte[] request, byte answer, CancellationToken cancellation)
    {
        try
        {
            await _stream.WriteAsync(request, cancellation).ConfigureAwait(false);
        }
        catch (IOException exception)
        {
            throw Closed(exception);
        }

        return (await NextAsync(answer, cancellation).ConfigureAwait(false)).Reason;
    }

    /// <summary>The next packet of a kind, or the broker's goodbye where that says no: some end the connection of who has no right.</summary>
    private async Task<TrialPacket> NextAsync(byte kind, CancellationToken cancellation)
    {
        while (true)
        {
            var packet = await ReadAsync(cancellation).ConfigureAwait(false);
            if (packet.Kind == TrialPacket.Message)
            {
                _heard.Add(packet.Payload);
            }

            if (packet.Kind == kind || (packet.Kind == TrialPacket.Goodbye && packet.Reason == MqttReason.NotAuthorized))
            {
                return packet;
            }

            if (packet.Kind == TrialPacket.Goodbye)
            {
                throw new IOException($"it ended the connection: {MosquittoNative.DescribeReason(packet.Reason)}");
            }
        }
    }

    private async Task<TrialPacket> ReadAsync(CancellationToken cancellation)
    {
        var one = new byte[1];
        await FillAsync(one, cancellation).ConfigureAwait(false);
        var header = one[0];
        var length = 0;
        for (var shift = 0; ; shift += 7)
        {
            await FillAsync(one, cancellation).ConfigureAwait(false);
            length |= (one[0] & 0x7F) << shift;
            if (one[0] < 0x80)
            {
                break;
            }

            if (shift == 21)
            {
                throw new InvalidDataException("it sent a packet that is none of MQTT 5");
            }
        }

        if (length > TrialRequest.MaxPacketBytes)
        {
            throw new InvalidDataException("it sent a packet that is larger than we take");
        }

        var body = new byte[length];
        await FillAsync(body, cancellation).ConfigureAwait(false);
        return new TrialPacket(header, body);
    }

    private async Task FillAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        try
        {
            await _stream.ReadExactlyAsync(buffer, cancellation).ConfigureAwait(false);
        }
        catch (IOException exception)
        {
            throw Closed(exception);
        }
    }

    // .NET tells of streams here, and the reader thinks of a broker.
    private static IOException Closed(IOException cause) => new("it closed the connection", cause);
}
