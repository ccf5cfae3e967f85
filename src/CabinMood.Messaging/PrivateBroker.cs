using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace CabinMood.Messaging;

/// <summary>
/// A mosquitto of our own on a free port of 127.0.0.1, for <c>demo</c> and for tests. It ends with this object, and with
/// this process, however that ends.
/// </summary>
public sealed class PrivateBroker : IDisposable
{
    /// <summary>A broker that does not take connections by then has not started. It takes about 20 ms.</summary>
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(10);

    /// <summary>Somebody else can take a free port before the broker has it.</summary>
    private const int Attempts = 3;

    private const int FirstPort = 20_000;

    /// <summary>Where Linux's net.ipv4.ip_local_port_range begins.</summary>
    private const int FirstEphemeralPort = 32_768;

    private readonly ChildProcess _child;
    private readonly DirectoryInfo _folder;
    private volatile string? _error;

    private PrivateBroker(ChildProcess child, DirectoryInfo folder, int port)
    {
        _child = child;
        _folder = folder;
        Port = port;
    }

    /// <summary>The port on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>The broker's process.</summary>
    internal Process Process => _child.Process;

    /// <summary>Starts a broker and waits until it takes connections.</summary>
    /// <param name="settings">Lines for mosquitto.conf besides the listener; empty lets anybody in.</param>
    /// <param name="port">A fixed port, to come back on; null for a free one.</param>
    /// <param name="cancellation">Gives up and ends what was started.</param>
    /// <exception cref="PrivateBrokerException">mosquitto is not installed, or did not start.</exception>
    public static async Task<PrivateBroker> StartAsync(
        IReadOnlyList<string>? settings = null, int? port = null, CancellationToken cancellation = default)
    {
        // Debian keeps it in /usr/sbin, which is not in everybody's PATH.
        var program = ProgramFile.Find("mosquitto") ?? throw new PrivateBrokerException("mosquitto is not installed; install it with: apt-get install mosquitto");
        for (var attempt = 1; ; attempt++)
        {
            var broker = Launch(program, settings ?? ["allow_anonymous true"], port ?? FreePort());
            try
            {
                await broker.WaitUntilReadyAsync(cancellation).ConfigureAwait(false);
                return broker;
            }
            catch (PrivateBrokerException) when (attempt < Attempts)
            {
                broker.Dispose();
            }
            catch
            {
                broker.Dispose();
                throw;
            }
        }
    }

    /// <summary>Ends the broker at once and without a goodbye, as a crash would.</summary>
    public void Kill()
    {
        if (!Process.HasExited)
        {
            Process.Kill();
            Process.WaitForExit();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Kill();
        _child.Dispose();
        _folder.Delete(recursive: true);
    }

    private static PrivateBroker Launch(string program, IReadOnlyList<string> settings, int port)
    {
        var folder = Directory.CreateTempSubdirectory("cabinmood-broker-");
        var configuration = Path.Combine(folder.FullName, "mosquitto.conf");
        var listener = string.Create(CultureInfo.InvariantCulture, $"listener {port} 127.0.0.1");

        // Started by root, mosquitto becomes another user, who may not read the files that the settings name.
        File.WriteAllLines(configuration, [listener, "persistence false", "user root", .. settings]);

        // A child that inherits stdout keeps a pipe open that somebody may wait for.
        var start = new ProcessStartInfo(program, ["-c", configuration])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        var broker = new PrivateBroker(ChildProcess.Start(start), folder, port);
        broker.Process.OutputDataReceived += broker.Listen;
        broker.Process.ErrorDataReceived += broker.Listen;
        broker.Process.BeginOutputReadLine();
        broker.Process.BeginErrorReadLine();
        return broker;
    }

    private void Listen(object sender, DataReceivedEventArgs line)
    {
        if (line.Data?.Contains("Error", StringComparison.Ordinal) == true)
        {
            _error = line.Data;
        }
    }

    private async Task WaitUntilReadyAsync(CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(StartTimeout);
        try
        {
            while (!Process.HasExited)
            {
                if (await TakesConnectionsAsync(limit.Token).ConfigureAwait(false))
                {
                    return;
                }

                await Task.Delay(AskAgain, limit.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new PrivateBrokerException($"mosquitto did not take connections on 127.0.0.1:{Port}");
        }

        await Process.WaitForExitAsync(cancellation).ConfigureAwait(false);
        throw new PrivateBrokerException($"mosquitto ended with code {Process.ExitCode} instead of listening on 127.0.0.1:{Port}: {_error ?? "it did not say why"}");
    }

    private async Task<bool> TakesConnectionsAsync(CancellationToken cancellation)
    {
        try
        {
            using var probe = new TcpClient();
            await probe.ConnectAsync(IPAddress.Loopback, Port, cancellation).ConfigureAwait(false);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>
    /// Not a port that the system would hand to an outgoing connection: one of those could sit on it while the
    /// broker restarts, or connect to itself.
    /// </summary>
    private static int FreePort()
    {
        while (true)
        {
#pragma warning disable CA5394 // A free port is no secret.
            var port = Random.Shared.Next(FirstPort, FirstEphemeralPort);
#pragma warning restore CA5394
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken: the next number may be free.
            }
        }
    }
}
