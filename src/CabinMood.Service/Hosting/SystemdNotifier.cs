using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace CabinMood.Service.Hosting;

/// <summary>
/// Speaks systemd's notification protocol over the socket named in <c>NOTIFY_SOCKET</c>; without one it does nothing
/// [sd_notify(3)]. Thread-safe.
/// </summary>
public sealed class SystemdNotifier : IDisposable
{
    private readonly Socket? _socket;

    /// <summary>Connects to the socket that the environment names, if any.</summary>
    public SystemdNotifier()
    {
        if (Environment.GetEnvironmentVariable("NOTIFY_SOCKET") is not { Length: > 1 } path)
        {
            return;
        }

        // "@" stands for the leading zero byte of an abstract socket.
        var address = path[0] == '@' ? '\0' + path[1..] : path;
        _socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        _socket.Connect(new UnixDomainSocketEndPoint(address));
    }

    /// <summary>How often to feed the watchdog: half of what the unit allows; null without one.</summary>
    public static TimeSpan? WatchdogPeriod =>
        long.TryParse(Environment.GetEnvironmentVariable("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds) && microseconds > 0
            ? TimeSpan.FromMicroseconds(microseconds / 2.0)
            : null;

    /// <summary>The service can do its work.</summary>
    public void Ready(string status) => Send($"READY=1\nSTATUS={status}");

    /// <summary>What <c>systemctl status</c> shows.</summary>
    public void Status(string status) => Send($"STATUS={status}");

    /// <summary>It is still getting on.</summary>
    public void FeedWatchdog() => Send("WATCHDOG=1");

    /// <summary>It is ending.</summary>
    public void Stopping() => Send("STOPPING=1");

    /// <inheritdoc/>
    public void Dispose() => _socket?.Dispose();

    private void Send(string message)
    {
        try
        {
            _socket?.Send(Encoding.UTF8.GetBytes(message));
        }
        catch (SocketException)
        {
            // Nobody listens any more. If systemd still wants to hear, its watchdog says so.
        }
    }
}
