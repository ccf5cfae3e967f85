using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CabinMood.Messaging.Tests.Trials;

/// <summary>
/// A broker as MQTT 5 allows it and mosquitto is not: it hands a message of QoS 2 on before it is released, or ends the
/// connection of who publishes where it may not.
/// </summary>
internal sealed class EagerBroker : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<string> _published = new();
    private readonly string? _forbidden;
    private readonly bool _isEager;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _work;

    /// <param name="isEager">Whether it hands on what was not released.</param>
    /// <param name="forbidden">A topic whose publishers it throws out; null for none.</param>
    internal EagerBroker(bool isEager, string? forbidden = null)
    {
        (_isEager, _forbidden) = (isEager, forbidden);
        _listener.Start();
        _work = WorkAsync();
    }

    internal int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The topics that somebody published on, in order.</summary>
    internal IReadOnlyList<string> Published => [.. _published];

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _work;
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task WorkAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_end.Token);
                await AttendAsync(client.GetStream());
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }

    private async Task AttendAsync(NetworkStream stream)
    {
        // One client that listens to all that it says itself is enough; packets of this trial are shorter than 128 bytes.
        var held = new Queue<byte[]>();
        try
        {
            while (true)
            {
                var head = new byte[2];
                await stream.ReadExactlyAsync(head, _end.Token);
                var body = new byte[head[1]];
                await stream.ReadExactlyAsync(body, _end.Token);
                await stream.WriteAsync(Answer(head[0], body, held), _end.Token);
            }
        }
        catch (IOException)
        {
            // It has gone.
        }
    }

    private byte[] Answer(byte header, byte[] body, Queue<byte[]> held)
    {
        if (header >> 4 != 3)
        {
            return (header >> 4) switch
            {
                1 => [0x20, 3, 0, 0, 0],
                8 => [0x90, 4, body[0], body[1], 0, 0],
                6 => [0x70, 2, body[0], body[1], .. held.Reverse().Take(_isEager ? 0 : 1).SelectMany(message => message)],
                _ => [],
            };
        }

        var length = BinaryPrimitives.ReadUInt16BigEndian(body);
        var topic = Encoding.UTF8.GetString(body.AsSpan(2, length));
        var id = body.AsSpan(2 + length, 2);
        _published.Enqueue(topic);
        if (topic == _forbidden)
        {
            return [0xE0, 2, 0x87, 0];
        }

        byte[] rest = [.. body.AsSpan(0, 2 + length), .. body.AsSpan(4 + length)];
        byte[] message = [0x30, (byte)rest.Length, .. rest];
        held.Enqueue(message);
        return [(byte)((header & 0x06) == 2 ? 0x40 : 0x50), 2, id[0], id[1], .. _isEager ? message : []];
    }
}
