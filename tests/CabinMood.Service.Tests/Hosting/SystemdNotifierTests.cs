using System.Net.Sockets;
using System.Text;
using CabinMood.Service.Hosting;

namespace CabinMood.Service.Tests.Hosting;

/// <summary>Sets process-wide environment variables, so nothing else may run beside it.</summary>
[Collection(nameof(ProcessEnvironment))]
public sealed class SystemdNotifierTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cabinmood-test-");
    private readonly Socket _systemd = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("NOTIFY_SOCKET", null);
        Environment.SetEnvironmentVariable("WATCHDOG_USEC", null);
        _systemd.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void Ready_watchdog_and_stopping_arrive_on_the_socket_of_the_environment()
    {
        var path = Path.Combine(_folder.FullName, "notify");
        _systemd.Bind(new UnixDomainSocketEndPoint(path));
        Environment.SetEnvironmentVariable("NOTIFY_SOCKET", path);
        using var notifier = new SystemdNotifier();

        notifier.Ready("here");
        notifier.FeedWatchdog();
        notifier.Stopping();

        Assert.Equal(["READY=1\nSTATUS=here", "WATCHDOG=1", "STOPPING=1"], [Receive(), Receive(), Receive()]);
    }

    [Fact]
    public void A_leading_at_sign_names_an_abstract_socket()
    {
        var name = $"cabinmood-test-{Environment.ProcessId}";
        _systemd.Bind(new UnixDomainSocketEndPoint('\0' + name));
        Environment.SetEnvironmentVariable("NOTIFY_SOCKET", '@' + name);
        using var notifier = new SystemdNotifier();

        notifier.FeedWatchdog();

        Assert.Equal("WATCHDOG=1", Receive());
    }

    [Fact]
    public void Without_systemd_nothing_happens()
    {
        using var notifier = new SystemdNotifier();

        notifier.Ready("nobody listens");

        Assert.Null(SystemdNotifier.WatchdogPeriod);
    }

    [Fact]
    public void The_watchdog_is_fed_twice_per_period()
    {
        Environment.SetEnvironmentVariable("WATCHDOG_USEC", "20000000");

        Assert.Equal(TimeSpan.FromSeconds(10), SystemdNotifier.WatchdogPeriod);
    }

    private string Receive()
    {
        var buffer = new byte[256];
        return Encoding.UTF8.GetString(buffer, 0, _systemd.Receive(buffer));
    }
}
