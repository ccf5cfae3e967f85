using CabinMood.Core.Conductor;
using CabinMood.Core.Conductor.Commands;
using CabinMood.Core.Conductor.Effects;
using CabinMood.Core.Conductor.Publications;
using CabinMood.Service.Health;
using CabinMood.Service.Hosting;
using CabinMood.Service.Tests.Support;
using CabinMood.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace CabinMood.Service.Tests.Hosting;

public sealed class EffectRunnerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_erasure_that_failed_half_way_is_not_remembered_and_so_is_done_when_it_comes_again()
    {
        using var store = DriverStore.Open(_folder.Path, NullLogger<DriverStore>.Instance);
        var isMended = false;
        void EraseEventLogs() => _ = isMended ? 0 : throw new IOException("the log cannot be deleted");
        // An erasure publishes nothing, and opens no camera.
        var runner = new EffectRunner(null!, store, null, EraseEventLogs, new StorageWatch(_folder.Path), new BootClock(), () => { });
        var asked = new EraseDriver("erase");
        var erasure = new EraseDriverData(asked.Id, new RememberedCommand(CommandDigest.OfId(asked.Id), CommandDigest.Of(asked), ReplyStatus.Ok));

        Assert.Throws<IOException>(() => runner.Run(erasure));
        Assert.Empty(store.LoadCommands());

        isMended = true;
        runner.Run(erasure);
        Assert.Equal([erasure.Remembered], store.LoadCommands());
    }
}
