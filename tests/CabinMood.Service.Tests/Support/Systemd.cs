using System.Net.Sockets;
using System.Text;

namespace CabinMood.Service.Tests.Support;

/// <summary>Listens as systemd does to a service of Type=notify with a watchdog.</summary>
internal sealed class Systemd : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

    internal Systemd() => _socket.Bind(new UnixDomainSocketEndPoint(_folder.File("notify")));

    /// <summary>How often the service must show that it gets on; it does so twice in that time.</summary>
    internal static TimeSpan Watchdog { get; } = TimeSpan.FromSeconds(2);

    /// <summary>What a service is started with.</summary>
    internal Surroundings Surroundings =>
        new([], new() { ["NOTIFY_SOCKET"] = _folder.File("notify"), ["WATCHDOG_USEC"] = $"{Watchdog.TotalMicroseconds:F0}" });

    /// <summary>The next notification of a kind.</summary>
    /// <exception cref="OperationCanceledException">None came in time.</exception>
    internal async Task<string> HearAsync(string beginning, TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience);
        return await HearAsync(beginning, limit.Token);
    }

    /// <inheritdoc cref="HearAsync(string, TimeSpan)"/>
    internal async Task<string> HearAsync(string beginning, CancellationToken cancellation)
    {
        var buffer = new byte[4096];
        while (true)
        {
            var text = Encoding.UTF8.GetString(buffer, 0, await _socket.ReceiveAsync(buffer, cancellation));
            if (text.StartsWith(beginning, StringComparison.Ordinal))
            {
                return text;
            }
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        _folder.Dispose();
    }
}
