using System.Diagnostics;
using CabinMood.Core.Conductor;
using CabinMood.Storage.Songs;
using Microsoft.Extensions.Logging.Abstractions;

namespace CabinMood.Storage.Tests;

public sealed class KillTests : IDisposable
{
    private const int Rounds = 20;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cabinmood-kill-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task No_acknowledged_feedback_is_lost_when_the_writer_is_killed()
    {
        const int seed = 20261121;
        var random = new Random(seed);
        var acknowledged = new HashSet<string>();
        for (var round = 0; round < Rounds; round++)
        {
            await WriteAndKillAsync(acknowledged, random.Next(1, 60));

            using var store = DriverStore.Open(_folder.FullName, NullLogger<DriverStore>.Instance);
            var stored = store.LoadFeedback().Select(row => row.CommandId).ToList();
            Assert.True(acknowledged.IsSubsetOf(stored), $"seed {seed}, round {round}");
            // Whatever the moment of the kill: what is stored is remembered, and nothing else is.
            var remembered = stored.TakeLast(CommandLedger.Capacity).Select(FeedbackWriter.Remembered);
            Assert.True(remembered.SequenceEqual(store.LoadCommands()), $"seed {seed}, round {round}");
        }

        Assert.Empty(_folder.GetFiles("*.corrupt-*"));
        Assert.True(acknowledged.Count >= Rounds);
    }

    [Fact]
    public async Task An_import_that_is_killed_leaves_one_whole_catalogue()
    {
        const int seed = 5;
        var random = new Random(seed);
        for (var round = 0; round < 8; round++)
        {
            using var writer = Start("songs");
            try
            {
                using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
                // The first catalogue is stored; then anywhere in the reading or, by a delay after it, in the writing.
                while (await writer.StandardOutput.ReadLineAsync(limit.Token) is not "a")
                {
                }

                for (var lines = random.Next(2 * CatalogueWriter.Songs / 500 + 2); lines > 0; lines--)
                {
                    await writer.StandardOutput.ReadLineAsync(limit.Token);
                }
            }
            finally
            {
                writer.Kill();
                await writer.WaitForExitAsync();
            }

            using var store = SongCatalogueStore.Open(_folder.FullName, NullLogger<SongCatalogueStore>.Instance);
            var songs = store.Load("");
            Assert.NotNull(songs);
            Assert.Equal(CatalogueWriter.Songs, songs.Count);
            Assert.Single(songs.Select(song => song.Id[0]).Distinct());
        }

        Assert.Empty(_folder.GetFiles("*.corrupt-*"));
    }

    private Process Start(params string[] arguments)
    {
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        return Process.Start(new ProcessStartInfo(dotnet, [typeof(FeedbackWriter).Assembly.Location, _folder.FullName, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }

    private async Task WriteAndKillAsync(HashSet<string> acknowledged, int rows)
    {
        using var writer = Start();
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
            for (var i = 0; i < rows; i++)
            {
                var id = await writer.StandardOutput.ReadLineAsync(limit.Token);
                Assert.NotNull(id);
                acknowledged.Add(id);
            }
        }
        finally
        {
            // SIGKILL, in the middle of whatever it is doing.
            writer.Kill();
            await writer.WaitForExitAsync();
        }

        // What it said before it died was said after the commit, too.
        while (await writer.StandardOutput.ReadLineAsync() is { } id)
        {
            acknowledged.Add(id);
        }
    }
}
