using System.Text;
using CabinMood.Service.Tests.EndToEnd;
using CabinMood.Service.Tests.Support;
using Xunit.Abstractions;

namespace CabinMood.Service.Tests.Privacy;

/// <summary>
/// No picture leaves the memory: the driver's pictures carry a random pattern, and all that the running service writes is
/// searched for it. What is found is pixels as they came; a picture made smaller or compressed would not be, and neither
/// would landmarks, which nothing tells from other numbers.
/// </summary>
public sealed class PrivacyTests(ITestOutputHelper output)
{
    // Opened for writing but no place where anything is kept.
    private static readonly string[] Harmless = ["/dev/null", "/dev/tty", "/proc/", "/sys/", "/dev/shm/doublemapper", "/memfd:"];

    private readonly Canary _canary = new();

    [NeedsStraceFact]
    public async Task What_the_camera_sees_turns_up_in_no_file_log_message_or_system_call()
    {
        using var folder = new TemporaryFolder();
        var pictures = folder.File("pictures");
        MarkedPictures.Write(pictures, _canary);
        Assert.True(MarkedPictures.AreMarked(pictures, _canary));

        var found = await RunAsync(folder, pictures, [], async service =>
        {
            await service.ConsentAsync();
            await service.Bystander.JsonAsync("mood", mood => mood.GetProperty("mood").GetString() != "unknown");
            await service.Bystander.JsonAsync("health", health => health.GetProperty("analysisHz").GetDouble() > 0);
            var trip = await service.TripAsync();
            service.Bystander.Command("override", $$"""{"id":"wish","source":"voice","trip":"{{trip}}","mood":"calm","for":"trip"}""");
            await service.Bystander.ReplyAsync("wish");
        });

        Assert.Empty(found);
    }

    [NeedsStraceTheory]
    [InlineData("file", "file")]
    [InlineData("log", "log")]
    [InlineData("mqtt", "message")]
    [InlineData("deleted file", "system call")]
    [InlineData("socket", "system call")]
    public async Task A_leak_is_found_wherever_it_is_planted(string kind, string place)
    {
        using var folder = new TemporaryFolder();
        Dictionary<string, string> environment = new()
        {
            ["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location,
            [StartupHook.KindVariable] = kind,
            [StartupHook.PatternVariable] = Convert.ToHexString(_canary.Pattern),
        };

        var found = await RunAsync(folder, AppFolder.Resolve("configs/demo-clip.webm"), environment, async service =>
        {
            if (kind == "mqtt")
            {
                await service.Bystander.UntilAsync(() => service.Bystander.All.Any(message => message.Topic == "leak"));
            }
        });

        Assert.Contains(found, where => where.StartsWith(place, StringComparison.Ordinal));
    }

    private async Task<IReadOnlyList<string>> RunAsync(TemporaryFolder folder, string camera, Dictionary<string, string> environment, Func<RunningService, Task> use)
    {
        var trace = folder.File("trace");
        // As the unit file has it: the runtime's own sockets and semaphores are another way out.
        environment["DOTNET_EnableDiagnostics"] = "0";
        foreach (var (variable, name) in new[] { ("HOME", "home"), ("TMPDIR", "tmp"), ("XDG_CACHE_HOME", "cache"), ("XDG_RUNTIME_DIR", "run") })
        {
            environment[variable] = Directory.CreateDirectory(folder.File(name)).FullName;
        }

        await using var service = await RunningService.StartAsync(
            $$"""
            "Diagnostics": { "EventLog": "events.jsonl" }, "Metrics": { "File": "{{folder.File("cabinmood.prom")}}" }, "Serilog": { "MinimumLevel": { "Default": "Verbose" } }
            """,
            camera,
            surroundings: new Surroundings(SystemCallTrace.Under(trace), environment),
            prepare: port => environment[StartupHook.PortVariable] = $"{port}");
        await use(service);
        await service.TerminateAsync();
        return Search(folder, service, SystemCallTrace.Read(trace), camera);
    }

    private List<string> Search(TemporaryFolder folder, RunningService service, SystemCallTrace trace, string camera)
    {
        var written = trace.OpenedForWriting.Where(file => !Harmless.Any(harmless => file.StartsWith(harmless, StringComparison.Ordinal))).ToArray();
        // Nothing is written anywhere but in the folders that it was given.
        Assert.All(written.Where(Path.IsPathRooted), file => Assert.True(file.StartsWith(folder.Path, StringComparison.Ordinal) || file.StartsWith(service.StateFolder, StringComparison.Ordinal), file));
        Assert.DoesNotContain("io_uring_setup", trace.Calls);

        var files = new[] { folder.Path, service.StateFolder }
            .SelectMany(path => Directory.GetFiles(path, "*", SearchOption.AllDirectories))
            .Concat(written.Where(File.Exists))
            .Where(file => !file.StartsWith(camera, StringComparison.Ordinal) && file != folder.File("trace"))
            .Distinct()
            .ToArray();
        List<string> found =
        [
            .. files.Where(file => _canary.IsIn(File.ReadAllBytes(file))).Select(file => $"file {file}"),
            .. service.Bystander.All.Where(message => _canary.IsIn(message.Payload.Span)).Select(message => $"message on {message.Topic}"),
            .. trace.Writes.Where(bytes => _canary.IsIn(bytes)).Select(bytes => $"system call that writes {bytes.Length} bytes"),
        ];
        if (_canary.IsIn(Encoding.UTF8.GetBytes(service.Process.Output + service.Process.Error)))
        {
            found.Add("log");
        }

        output.WriteLine($"searched {files.Length} files, {service.Bystander.All.Count} messages, {service.Process.Output.Length} characters of logs, {trace.Writes.Count} writes of {trace.Writes.Sum(bytes => bytes.Length)} bytes; opened for writing: {string.Join(' ', written)}");
        return found;
    }
}
