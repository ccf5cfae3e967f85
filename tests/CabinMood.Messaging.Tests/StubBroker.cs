using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace CabinMood.Messaging.Tests;

/// <summary>A broker for one client after another that does what a test wants, which no real one can be brought to.</summary>
internal sealed class StubBroker : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Channel<ClientPacket> _published = Channel.CreateUnbounded<ClientPacket>();
    private readonly CancellationTokenSource _end = new();
    private readonly Func<ClientPacket, byte[]?> _script;
    private readonly Task _work;

    /// <param name="script">What it says to a packet; null closes the connection.</param>
    internal StubBroker(Func<ClientPacket, byte[]?> script)
    {
        _script = script;
        _listener.Start();
        _work = WorkAsync();
    }

    /// <param name="welcome">The reason with which clients are let in or not; null to close on them without a word.</param>
    /// <param name="answer">The reason with which each publication is answered; null for never.</param>
    internal StubBroker(byte? welcome = 0, byte? answer = null)
        : this(packet => packet.IsPublication
            ? answer is { } reason ? packet.Answer(reason) : []
            : welcome is { } yesOrNo ? packet.Answer(yesOrNo) : null)
    {
    }

    internal int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The payload of the next publication.</summary>
    internal async Task<string> NextAsync()
    {
        using var limit = new CancellationTokenSource(TestLink.Patience);
        return (await _published.Reader.ReadAsync(limit.Token)).Payload;
    }

    /// <summary>The topics of all publications that were not asked for yet, in order.</summary>
    internal IReadOnlyList<string> RemainingTopics()
    {
        List<string> topics = [];
        while (_published.Reader.TryRead(out var packet))
        {
            topics.Add(packet.Topic);
        }

        return topics;
    }

    /// <summary>Closes the connection and takes no other.</summary>
    internal async Task VanishAsync()
    {
        await _end.CancelAsync();
        await _work;
        _listener.Stop();
    }

    public async ValueTask DisposeAsync()
    {
        await VanishAsync();
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task WorkAsync()
    {
        while (true)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync(_end.Token);
                await AttendAsync(client.GetStream());
            }
            catch (IOException)
            {
                // It is gone: the next one.
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task AttendAsync(NetworkStream stream)
    {
        while (true)
        {
            var packet = await ReadAsync(stream);
            if (packet.IsPublication)
            {
                _published.Writer.TryWrite(packet);
            }

            if (_script(packet) is not { } said)
            {
                return;
            }

            await stream.WriteAsync(said, _end.Token);
        }
    }

    private async Task<ClientPacket> ReadAsync(NetworkStream stream)
    {
        var header = new byte[2];
        await stream.ReadExactlyAsync(header, _end.Token);
        var length = header[1] & 0x7F;
        for (var shift = 7; (header[1] & 0x80) != 0; shift += 7)
        {
            await stream.ReadExactlyAsync(header.AsMemory(1, 1), _end.Token);
            length |= (header[1] & 0x7F) << shift;
        }

        var body = new byte[length];
        await stream.ReadExactlyAsync(body, _end.Token);
        return new ClientPacket(header[0], body);
    }
}
