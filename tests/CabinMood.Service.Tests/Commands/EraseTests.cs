using System.Text.Json;
using CabinMood.Core.Conductor;
using CabinMood.Core.Conductor.Commands;
using CabinMood.Core.Safety;
using CabinMood.Core.Songs;
using CabinMood.Core.Songs.Learning;
using CabinMood.Service.Tests.EndToEnd;
using CabinMood.Service.Tests.Support;
using CabinMood.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace CabinMood.Service.Tests.Commands;

public sealed class EraseTests : IDisposable
{
    private const string Canary = "Canary of the driver";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Erasing_leaves_no_byte_of_the_driver_but_a_closed_camera(bool cameraAllowed)
    {
        using (var store = Open())
        {
            for (var i = 0; i < 50; i++)
            {
                store.SaveFeedback(
                    new FeedbackRow($"{Canary} {i}", DateTimeOffset.UnixEpoch, CommandSource.Voice, FeedbackKind.Like, Canary, Canary),
                    new DriverMemory(Preferences.None, [Canary, new string('x', 100 * i)]));
            }

            store.SaveDriver(new DriverSettings(Style.Calm, new Taste([Canary], [], [])));
            store.SaveTrip(new TripRecord(Canary, DateTimeOffset.UnixEpoch, Consent.Granted, cameraAllowed, null, YesIds: [Canary]));
        }

        _folder.Write("events.jsonl", Canary);
        _folder.Write("events.jsonl.1", Canary);
        _folder.Write("cabinmood.db.corrupt-1", Canary);

        var (exitCode, output, error) = await CabinmoodProcess.RunAsync(_folder.Path, "erase", "--json");

        Assert.Equal((0, ""), (exitCode, error));
        var told = JsonDocument.Parse(output).RootElement;
        Assert.Equal((50, 2), (told.GetProperty("feedback").GetInt32(), told.GetProperty("eventLogs").GetInt32()));
        Assert.DoesNotContain(Directory.GetFiles(_folder.Path), file => File.ReadAllText(file).Contains(Canary, StringComparison.Ordinal));
        using var again = Open();
        Assert.Equal(cameraAllowed, again.LoadTrip()!.CameraAllowed);
    }

    [Fact]
    public async Task A_running_service_is_not_erased_behind_its_back()
    {
        await using var service = await RunningService.StartAsync();

        var (exitCode, _, error) = await CabinmoodProcess.RunAsync(service.StateFolder, "erase");

        Assert.Equal(1, exitCode);
        Assert.Equal($"cabinmood: a service runs on {service.StateFolder} and would write down again what it remembers; send it set/erase, or stop it first\n", error);
        Assert.Equal(1, (await CabinmoodProcess.RunAsync(service.StateFolder, "run", "--config", service.ConfigFile)).ExitCode);
        await service.TerminateAsync();
        Assert.Equal(0, (await CabinmoodProcess.RunAsync(service.StateFolder, "erase")).ExitCode);
    }

    private DriverStore Open() => DriverStore.Open(_folder.Path, NullLogger<DriverStore>.Instance);
}
