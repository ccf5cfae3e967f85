using System.Text.Json;
using CabinMood.Messaging;
using CabinMood.Service.Hosting;
using CabinMood.Service.Options;
using CabinMood.Service.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace CabinMood.Service.Tests.EndToEnd;

/// <summary>
/// The whole service, in this process, while somebody sets the wall clock: a device without a battery begins in 1970 and
/// gets the time later. Listens as systemd does, so nothing else may run beside it.
/// </summary>
[Collection(nameof(ProcessEnvironment))]
public sealed class ClockJumpTests : IAsyncLifetime, IDisposable
{
    private static readonly DateTimeOffset Boot = DateTimeOffset.UnixEpoch.AddMinutes(1);
    private static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private readonly SettableClock _clock = new(Boot);
    private readonly Systemd _systemd = new();
    private readonly CancellationTokenSource _endOfDrive = new();
    private PrivateBroker _broker = null!;
    private Bystander _headUnit = null!;
    private CabinMoodService _service = null!;
    private Task _driving = Task.CompletedTask;
    private Task _listening = Task.CompletedTask;
    private volatile int _feeds;

    public async Task InitializeAsync()
    {
        foreach (var (name, value) in _systemd.Surroundings.Environment)
        {
            Environment.SetEnvironmentVariable(name, value);
        }

        _broker = await PrivateBroker.StartAsync();
        _headUnit = await Bystander.JoinAsync(_broker.Port);
        Directory.CreateDirectory(_folder.File("sys/kernel/random"));
        Running("first", 60);
        _listening = ListenAsync();
    }

    public async Task DisposeAsync()
    {
        await _service.StopAsync(default);
        await _endOfDrive.CancelAsync();
        await _driving;
        await _listening;
        await _headUnit.DisposeAsync();
    }

    public void Dispose()
    {
        _service.Dispose();
        _broker.Dispose();
        _systemd.Dispose();
        _endOfDrive.Dispose();
        _folder.Dispose();
        foreach (var name in _systemd.Surroundings.Environment.Keys)
        {
            Environment.SetEnvironmentVariable(name, null);
        }
    }

    [Fact]
    public async Task However_the_clock_is_set_the_drive_goes_on_and_only_the_times_told_change()
    {
        await StartAsync();
        var trip = await AgreeAsync();
        await LimiterAsync("min-interval");
        Wish("wish", trip, "PT10M");
        await _headUnit.ReplyAsync("wish");
        await LimiterAsync("override-active");

        foreach (var now in new[] { Noon, Noon.AddHours(-5), Boot, Noon.AddYears(74) })
        {
            _headUnit.Forget();
            _clock.Set(now);

            var until = (await LimiterAsync("override-active")).GetProperty("until").GetDateTimeOffset();
            Assert.InRange(until - now, TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(10));
            AssertTold(now, await _headUnit.JsonAsync("mood", mood => mood.GetProperty("face").GetString() == "present" && IsTold(now, mood)));
            var health = await _headUnit.JsonAsync("health", health => IsTold(now, health));
            Assert.InRange(health.GetProperty("uptimeS").GetInt32(), 0, 600);
            Assert.Empty(health.GetProperty("staleSignals").EnumerateArray());
            Assert.Empty(_headUnit.On("privacy"));
            Assert.All(_headUnit.On("limiter").Select(Bystander.Json), limiter => Assert.Equal("override-active", limiter.GetProperty("reason").GetString()));
            var feeds = _feeds;
            await _headUnit.UntilAsync(() => _feeds >= feeds + 2);
        }

        await StopAsync();
        var (exitCode, _, error) = await CabinmoodProcess.RunAsync(_folder.Path, "simulate", "events.jsonl");
        Assert.True(exitCode == 0, error);
    }

    [Fact]
    public async Task A_clock_that_is_set_while_the_service_restarts_makes_the_trip_neither_younger_nor_older()
    {
        await StartAsync();
        var trip = await AgreeAsync();
        Wish("wish", trip, "PT10M");
        await _headUnit.ReplyAsync("wish");
        await StopAsync();
        _headUnit.Forget();
        _clock.Set(Noon);
        Running("first", 65);

        await StartAsync();

        var privacy = await _headUnit.JsonAsync("privacy", _ => true);
        Assert.Equal((trip, "granted"), (privacy.GetProperty("trip").GetString(), privacy.GetProperty("consent").GetString()));
        var until = (await LimiterAsync("override-active")).GetProperty("until").GetDateTimeOffset();
        Assert.InRange(until - Noon, TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(10));
        await StopAsync();
        _headUnit.Forget();

        // By the clock this is the same moment.
        Running("first", 65 + 3600);
        await StartAsync();

        AssertNewTrip(trip, await _headUnit.JsonAsync("privacy", _ => true));
        await StopAsync();
    }

    [Fact]
    public async Task A_computer_that_always_begins_in_1970_does_not_take_the_next_drive_for_the_last_one()
    {
        await StartAsync();
        var trip = await AgreeAsync();
        await StopAsync();
        _headUnit.Forget();
        Running("second", 65);

        await StartAsync();

        AssertNewTrip(trip, await _headUnit.JsonAsync("privacy", _ => true));
        await StopAsync();
    }

    private static void AssertNewTrip(string old, JsonElement privacy)
    {
        Assert.NotEqual(old, privacy.GetProperty("trip").GetString());
        Assert.Equal(("withheld", "off"), (privacy.GetProperty("consent").GetString(), privacy.GetProperty("camera").GetString()));
    }

    private static void AssertTold(DateTimeOffset now, JsonElement message) => Assert.True(IsTold(now, message), message.ToString());

    private static bool IsTold(DateTimeOffset now, JsonElement message) => (message.GetProperty("ts").GetDateTimeOffset() - now).Duration() < Bystander.Patience;

    // What the kernel says of its running time.
    private void Running(string boot, int seconds)
    {
        _folder.Write("sys/kernel/random/boot_id", boot);
        _folder.Write("uptime", $"{seconds}.00 0.00");
    }

    // Somebody must: a socket that nobody empties holds up who writes to it.
    private async Task ListenAsync()
    {
        try
        {
            while (true)
            {
                await _systemd.HearAsync("WATCHDOG=1", _endOfDrive.Token);
                _feeds++;
            }
        }
        catch (OperationCanceledException)
        {
            // The way out.
        }
    }

    private async Task StartAsync()
    {
        var config = _folder.Write("config.json", $$"""
            {
              "Camera": { "Source": "{{AppFolder.Resolve("configs/demo-clip.webm")}}", "Loop": true, "DriverZone": "image-left" },
              "Mqtt": { "Host": "127.0.0.1", "Port": {{_broker.Port}} },
              "Songs": { "Catalogue": "{{AppFolder.Resolve("configs/songs/starter.csv")}}" },
              "Storage": { "Folder": "{{_folder.Path}}" },
              "Diagnostics": { "EventLog": "events.jsonl" }
            }
            """);
        _service?.Dispose();
        _service = new CabinMoodService(ConfigurationFile.Read(config), _clock, new BootClock(_folder.Path), new SystemdNotifier(), NullLoggerFactory.Instance);
        await _service.StartAsync(default);
        await _headUnit.TextAsync("availability", "online");
    }

    private async Task StopAsync()
    {
        await _service.StopAsync(default);
        await _headUnit.TextAsync("availability", "offline");
    }

    private async Task<string> AgreeAsync()
    {
        var gateway = new VehicleGateway(_headUnit);
        gateway.IsQuiet();
        _driving = gateway.DriveAsync(_endOfDrive.Token);
        var trip = (await _headUnit.JsonAsync("privacy", _ => true)).GetProperty("trip").GetString()!;
        _headUnit.Command("consent", $$"""{"id":"yes","granted":true,"trip":"{{trip}}"}""");
        await _headUnit.JsonAsync("mood", mood => mood.GetProperty("face").GetString() == "present");
        return trip;
    }

    private void Wish(string id, string trip, string span) =>
        _headUnit.Command("override", $$"""{"id":"{{id}}","source":"voice","trip":"{{trip}}","mood":"calm","for":"{{span}}"}""");

    private Task<JsonElement> LimiterAsync(string reason) => _headUnit.JsonAsync("limiter", limiter => limiter.GetProperty("reason").GetString() == reason);
}
