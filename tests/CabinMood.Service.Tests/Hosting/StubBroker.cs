using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace CabinMood.Service.Tests.Hosting;

/// <summary>A broker for one client after another that says yes or no as a test wants it, or nothing at all.</summary>
internal sealed class StubBroker : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Channel<string> _published = Channel.CreateUnbounded<string>();
    private readonly CancellationTokenSource _end = new();
    private readonly byte? _answer;
    private readonly Task _work;

    /// <param name="welcome">The reason with which clients are let in or not.</param>
    /// <param name="answer">The reason with which each publication is answered; null for never.</param>
    internal StubBroker(byte welcome = 0, byte? answer = null)
    {
        (Welcome, _answer) = (welcome, answer);
        _listener.Start();
        _work = WorkAsync();
    }

    /// <summary>The reason with which the next clients are let in or not.</summary>
    internal byte Welcome { get; set; }

    internal int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The payload of the next publication.</summary>
    internal async Task<string> NextAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return await _published.Reader.ReadAsync(limit.Token);
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
        await _end.CancelAsync();
        await _work;
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
            switch (header[0] >> 4)
            {
                case 1:
                    await stream.WriteAsync(new byte[] { 0x20, 3, 0, Welcome, 0 }, _end.Token);
                    break;
                case 3:
                    // QoS 1 and without properties, as the privacy topic is told.
                    var id = 2 + BinaryPrimitives.ReadUInt16BigEndian(body);
                    _published.Writer.TryWrite(Encoding.UTF8.GetString(body.AsSpan(id + 3)));
                    if (_answer is { } reason)
                    {
                        await stream.WriteAsync(new byte[] { 0x40, 3, body[id], body[id + 1], reason }, _end.Token);
                    }

                    break;
                case 8:
                    // Of one filter, as a link asks: yes, with QoS 1.
                    await stream.WriteAsync(new byte[] { 0x90, 4, body[0], body[1], 0, 1 }, _end.Token);
                    break;
            }
        }
    }
}
