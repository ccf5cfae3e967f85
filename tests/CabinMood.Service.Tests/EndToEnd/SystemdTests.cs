using CabinMood.Messaging;
using CabinMood.Service.Tests.Support;

namespace CabinMood.Service.Tests.EndToEnd;

/// <summary>What the running program tells systemd: when it is ready, and whether it still gets on.</summary>
public sealed class SystemdTests : IDisposable
{
    private const string Fed = "WATCHDOG=1";

    // A driver that gives no frames, and whose end takes a minute once they are given up: a hung native call.
    private const string HangingCamera = "videotestsrc is-live=true ! identity sleep-time=60000000";

    // What a native call may take, and a margin.
    private static readonly TimeSpan LongerThanAnyCall = TimeSpan.FromSeconds(12);

    private readonly Systemd _systemd = new();

    public void Dispose() => _systemd.Dispose();

    [Fact]
    public async Task It_is_ready_when_the_broker_has_answered()
    {
        await using var service = await RunningService.StartAsync(RunningService.WithoutNets, surroundings: _systemd.Surroundings);

        Assert.Equal("READY=1\nSTATUS=Connected to the broker; consent is asked for each trip", await HearAsync("READY=1"));
    }

    [Fact]
    public async Task Without_a_broker_it_is_ready_too_and_says_that_it_is_degraded_until_one_comes()
    {
        using var folder = new TemporaryFolder();
        var broker = await PrivateBroker.StartAsync();
        var port = broker.Port;
        broker.Kill();
        broker.Dispose();
        var config = folder.Write("config.json", $$"""{ "Mqtt": { "Host": "127.0.0.1", "Port": {{port}} }, {{RunningService.WithoutNets}} }""");
        using var service = CabinmoodProcess.Start(folder.Path, _systemd.Surroundings, "run", "--config", config);

        Assert.Equal("READY=1\nSTATUS=Degraded: broker: Connection refused", await HearAsync("READY=1"));
        using var back = await PrivateBroker.StartAsync(["allow_anonymous true"], port);

        await HearAsync("STATUS=Connected to the broker");
    }

    [Fact]
    public async Task A_native_call_that_hangs_starves_the_watchdog_and_a_restart_feeds_it_again()
    {
        await using var service = await RunningService.StartAsync(camera: HangingCamera, surroundings: _systemd.Surroundings);
        await HearAsync(Fed);
        service.Bystander.Command("consent", $$"""{"id":"grant","granted":true,"trip":"{{await service.TripAsync()}}"}""");

        await service.Bystander.JsonAsync("health", health => health.GetProperty("state").GetString() == "failed"
            && health.GetProperty("reasons").EnumerateArray().Any(reason => reason.GetString() == "a native call hangs"));
        // What was said before that waits in the socket; then nothing comes for as long as systemd would wait.
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            // More than the kernel lets wait in a socket: a watchdog that goes on being fed is told from what waited.
            for (var i = 0; i < 20; i++)
            {
                await _systemd.HearAsync(Fed, Systemd.Watchdog);
            }
        });

        service.Kill();
        service.Restart();
        await HearAsync(Fed);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_closed_camera_and_one_that_is_not_there_are_no_hang(bool mayBeOpened)
    {
        await using var service = await RunningService.StartAsync(camera: "/dev/video-that-is-not-there", surroundings: _systemd.Surroundings);
        await HearAsync(Fed);
        if (mayBeOpened)
        {
            service.Bystander.Command("consent", $$"""{"id":"grant","granted":true,"trip":"{{await service.TripAsync()}}"}""");
            await service.Bystander.JsonAsync("health", health => health.GetProperty("reasons").EnumerateArray().Any(reason => reason.GetString()!.StartsWith("camera: ", StringComparison.Ordinal)));
        }

        for (var since = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(since) < LongerThanAnyCall;)
        {
            await HearAsync(Fed);
        }

        Assert.DoesNotContain("the watchdog is not fed", service.Process.Output, StringComparison.Ordinal);
    }

    private Task<string> HearAsync(string beginning) => _systemd.HearAsync(beginning, Bystander.Patience);
}
