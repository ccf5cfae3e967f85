using CabinMood.Core.Conductor;
using CabinMood.Core.Songs;
using CabinMood.Service.Options;
using CabinMood.Service.Recording;
using CabinMood.Service.Simulation;
using CabinMood.Service.Simulation.Drives;
using CabinMood.Service.Songs;
using CabinMood.Service.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace CabinMood.Service.Tests.Commands;

/// <summary>What <c>cabinmood simulate</c> says of recordings that are not whole.</summary>
public sealed class SimulateCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_log_whose_end_was_cut_off_passes_and_says_so()
    {
        var log = await RecordAsync();

        var (exitCode, _, error) = await SimulateAsync(log[..^20]);

        Assert.True(exitCode == 0, error);
        Assert.Contains("is not whole: its last line is cut off", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("its last line is cut off", "")]
    [InlineData("it ends where it reached its size limit", "{\"full\":true}\n")]
    [InlineData("3 or more events could not be written", "{\"lost\":3}\n")]
    public async Task A_log_with_an_altered_decision_before_its_gap_does_not_pass(string gap, string marker)
    {
        var log = await RecordAsync();
        var end = marker.Length == 0 ? log.Length - 20 : log.LastIndexOf('\n', log.Length - 2) + 1;

        var (exitCode, _, error) = await SimulateAsync(log[..end].Replace("\"reason\":\"reverse\"", "\"reason\":\"call\"", StringComparison.Ordinal) + marker);

        Assert.Equal(1, exitCode);
        Assert.Contains(gap, error, StringComparison.Ordinal);
        Assert.Contains("not the recorded decisions; line", error, StringComparison.Ordinal);
        Assert.Contains("\"reason\":\"reverse\"", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cut_log_from_which_the_decisions_were_taken_out_does_not_pass()
    {
        var log = await RecordAsync();
        var events = log[..^20].Split('\n').Where(line => !line.Contains("\"decision\":", StringComparison.Ordinal));

        var (exitCode, _, error) = await SimulateAsync(string.Join('\n', events));

        Assert.Equal(1, exitCode);
        Assert.Contains("after the last recorded decision: simulated", error, StringComparison.Ordinal);
    }

    private Task<(int ExitCode, string Output, string Error)> SimulateAsync(string log) =>
        CabinmoodProcess.RunAsync(_folder.Path, "simulate", _folder.Write("log.jsonl", log), "--json");

    private async Task<string> RecordAsync()
    {
        var drive = DriveReader.ReadFile(Repository.File("tests/data/drives/reversing.jsonl"));
        var options = new CabinMoodOptions();
        options.Songs.Catalogue = AppFolder.Resolve(options.Songs.Catalogue);
        options.Diagnostics.EventLog = _folder.File("events.jsonl");
        IReadOnlyList<Song> songs = CatalogueLoader.Load(options.Songs, _ => { });
        await using (var log = EventLog.Open(options, songs, TimeProvider.System, NullLogger<EventLog>.Instance, ended: () => { })!)
        {
            Simulator.Run(new Conductor(options.ForConductor(), songs), drive, watch: (happened, before, transition) =>
            {
                // A drive is played thousands of times faster than a car drives it.
                SpinWait.SpinUntil(() => log.Waiting < 1000);
                log.Take(happened, before, transition);
            });
        }

        return await File.ReadAllTextAsync(options.Diagnostics.EventLog);
    }
}
