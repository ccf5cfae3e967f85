using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CabinMood.Service.Tests.EndToEnd;

/// <summary>
/// Many MQTT clients that hear everything and look at nothing: bare sockets, so that they cost the machine as little as
/// can be beside the broker that has to serve them.
/// </summary>
internal sealed class Listeners : IAsyncDisposable
{
    private readonly List<Socket> _sockets = [];
    private readonly List<Task> _readers = [];

    /// <summary>Connects them, one after another.</summary>
    internal static async Task<Listeners> JoinAsync(int port, int count)
    {
        var listeners = new Listeners();
        for (var i = 0; i < count; i++)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            listeners._sockets.Add(socket);
            await socket.ConnectAsync(IPAddress.Loopback, port);
            var id = Encoding.ASCII.GetBytes($"listener-{i:D3}");
            // CONNECT of MQTT 3.1.1 with a clean session and no keep-alive, and SUBSCRIBE to # with QoS 0.
            byte[] connect = [0x10, (byte)(12 + id.Length), 0, 4, .. "MQTT"u8, 4, 2, 0, 0, 0, (byte)id.Length, .. id];
            await socket.SendAsync(connect);
            Assert.Equal(4, await socket.ReceiveAsync(new byte[4]));
            await socket.SendAsync(new byte[] { 0x82, 6, 0, 1, 0, 1, (byte)'#', 0 });
            listeners._readers.Add(ReadAsync(socket));
        }

        return listeners;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var socket in _sockets)
        {
            socket.Dispose();
        }

        await Task.WhenAll(_readers);
    }

    private static async Task ReadAsync(Socket socket)
    {
        var nothing = new byte[64 * 1024];
        try
        {
            while (await socket.ReceiveAsync(nothing) > 0)
            {
                // Heard.
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The end.
        }
    }
}
