using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using CabinMood.Service.Tests.Support;

namespace CabinMood.Service.Tests.EndToEnd;

public sealed class BrowserTests
{
    // Generous: the machine may be busy with something else.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    [NeedsBrowserClientFact]
    public async Task A_head_unit_drawn_by_a_browser_agrees_sees_a_mood_and_closes_the_camera()
    {
        var port = FreePort();
        var shipped = await File.ReadAllLinesAsync(Repository.File("configs/mosquitto-bench.conf"));
        var webSockets = shipped.SkipWhile(line => line != "listener 9001 127.0.0.1").Skip(1);
        await using var service = await RunningService.StartAsync(broker: [string.Create(CultureInfo.InvariantCulture, $"listener {port} 127.0.0.1"), .. webSockets]);

        using var browser = Process.Start(new ProcessStartInfo("node", [Repository.File("tests/browser/head-unit.mjs"), $"ws://127.0.0.1:{port}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            using var limit = new CancellationTokenSource(Patience);
            var error = browser.StandardError.ReadToEndAsync(limit.Token);
            var heard = await browser.StandardOutput.ReadToEndAsync(limit.Token);

            Assert.Equal("", await error);
            var told = JsonDocument.Parse(heard).RootElement;
            Assert.Equal("ok", told.GetProperty("agreed").GetString());
            Assert.Equal("browser-1", told.GetProperty("correlation").GetString());
            Assert.Equal("present", told.GetProperty("face").GetString());
            Assert.Equal("off", told.GetProperty("camera").GetString());
        }
        finally
        {
            browser.Kill();
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
