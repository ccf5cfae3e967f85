using System.Diagnostics;
using System.Text.Json;
using CabinMood.Service.Tests.Support;

namespace CabinMood.Service.Tests.Commands;

public sealed class CatalogTests : IDisposable
{
    private const string Header = "name,album,artist,id,popularity,length,energy,valence,loudness,tempo,mood\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_import_tells_bad_rows_and_sums_up_and_the_songs_are_there_afterwards()
    {
        var csv = _folder.Write("songs.csv", $"{Header}雨,,Kasa,a,50,200000,0.3,0.4,-9,100,Calm\nLoud,,Horn,b,50,200000,9,0.4,-9,100,Calm\n");

        var (exitCode, output, _) = await CabinmoodProcess.RunAsync(_folder.Path, "catalog", "import", csv, "--json");

        Assert.Equal(0, exitCode);
        var lines = output.TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.Equal(3, lines[0].GetProperty("line").GetInt32());
        Assert.Equal((1, 1, 0), (lines[1].GetProperty("imported").GetInt32(), lines[1].GetProperty("skipped").GetInt32(), lines[1].GetProperty("merged").GetInt32()));
        var (_, chosen, _) = await CabinmoodProcess.RunAsync(_folder.Path, "catalog", "choose", "--mood", "calm", "--count", "1", "--json");
        Assert.Contains("\"name\":\"雨\"", chosen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_strict_import_of_a_bad_file_fails_with_one_line_and_keeps_the_starter_songs()
    {
        var csv = _folder.Write("songs.csv", $"{Header}Loud,,Horn,b,50,200000,9,0.4,-9,100,Calm\nFine,,Horn,c,50,200000,0.9,0.4,-9,100,Calm\n");

        var (exitCode, _, error) = await CabinmoodProcess.RunAsync(_folder.Path, "catalog", "import", csv, "--strict");

        Assert.Equal(1, exitCode);
        Assert.EndsWith("cabinmood: 1 bad rows of 2, and --strict allows none; the catalogue stays as it is\n", error, StringComparison.Ordinal);
        var (_, stats, _) = await CabinmoodProcess.RunAsync(_folder.Path, "catalog", "stats", "--json");
        Assert.Equal(324, JsonDocument.Parse(stats).RootElement.GetProperty("songs").GetInt32());
    }

    [Fact]
    public async Task Songs_may_come_through_a_pipe()
    {
        using var import = CabinmoodProcess.Start(_folder.Path, "catalog", "import", "/dev/stdin", "--json");
        await import.Process.StandardInput.WriteAsync(Header + string.Concat(Enumerable.Range(0, 2000).Select(Row)));
        import.Process.StandardInput.Close();

        Assert.Equal((0, ""), (await import.ExitAsync(), import.Error));
        Assert.StartsWith("{\"imported\":2000,", import.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interrupted_import_does_not_look_like_a_finished_one_and_leaves_the_old_songs()
    {
        using var import = CabinmoodProcess.Start(_folder.Path, "catalog", "import", "/dev/stdin", "--json");
        await import.Process.StandardInput.WriteAsync($"{Header}a bad row, whose report says that the import is under way\n");
        var isInterrupted = false;
        for (var i = 0; !import.Process.HasExited; i++)
        {
            try
            {
                await import.Process.StandardInput.WriteAsync(Row(i));
            }
            catch (IOException)
            {
                // It has ended and reads no more.
                break;
            }

            if (!isInterrupted && import.Output.Length > 0)
            {
                // Not SIGINT: whoever runs the tests in the background has it ignored.
                isInterrupted = true;
                using var kill = Process.Start("kill", ["-TERM", $"{import.Process.Id}"]);
                await kill.WaitForExitAsync();
            }
        }

        Assert.NotEqual(0, await import.ExitAsync());
        var (_, stats, _) = await CabinmoodProcess.RunAsync(_folder.Path, "catalog", "stats", "--json");
        Assert.Equal(324, JsonDocument.Parse(stats).RootElement.GetProperty("songs").GetInt32());
    }

    [Fact]
    public async Task An_evaluation_gives_the_same_numbers_for_the_same_seeds_and_draws_them()
    {
        string[] arguments = ["catalog", "evaluate", "--seeds", "2", "--songs", "60", "--json", "--out", _folder.File("out")];
        var (exitCode, first, _) = await CabinmoodProcess.RunAsync(_folder.Path, arguments);
        var (_, second, _) = await CabinmoodProcess.RunAsync(_folder.Path, arguments);

        Assert.Equal(0, exitCode);
        Assert.Equal(first, second);
        var contenders = JsonDocument.Parse(first).RootElement.GetProperty("contenders").EnumerateArray().Select(contender => contender.GetProperty("name").GetString());
        Assert.Equal(["mood-random", "mood-popular", "taste", "similar", "target", "target, not learning", "oracle"], contenders);
        Assert.StartsWith("<svg", File.ReadAllText(_folder.File("out/evaluation.svg")), StringComparison.Ordinal);
    }

    private static string Row(int i) => $"Name,,Artist,own-{i},50,200000,0.3,0.4,-9,100,Calm\n";
}
