using System.Text.Json;
using CabinMood.Messaging;
using CabinMood.Service.Tests.Support;

namespace CabinMood.Service.Tests.EndToEnd;

/// <summary><c>cabinmood run</c> on the drawn clip, a real broker, and somebody who listens.</summary>
internal sealed class RunningService : IAsyncDisposable
{
    // As configs/mosquitto.conf has it: small messages go out at once.
    private static readonly string[] BrokerSettings = ["allow_anonymous true", "set_tcp_nodelay true"];

    /// <summary>
    /// A service at work reads no faces: it starts without the nets, and chooses and stores like any other.
    /// </summary>
    internal const string WithoutNets = """
        "Limiter": { "Profile": "commercial" }
        """;

    private readonly TemporaryFolder _folder;
    private readonly string _config;
    private readonly Surroundings? _surroundings;

    private RunningService(TemporaryFolder folder, string config, PrivateBroker broker, Bystander bystander, Surroundings? surroundings)
    {
        _folder = folder;
        _config = config;
        _surroundings = surroundings;
        Broker = broker;
        Bystander = bystander;
        Process = Start();
    }

    internal PrivateBroker Broker { get; private set; }

    internal Bystander Bystander { get; }

    internal CabinmoodProcess Process { get; private set; }

    internal string StateFolder => _folder.Path;

    internal string ConfigFile => _config;

    /// <summary>Starts broker, listener and service.</summary>
    /// <param name="sections">Further sections of the configuration, as JSON members.</param>
    /// <param name="camera">Replaces the drawn clip.</param>
    /// <param name="before">What is said on the broker before the service comes.</param>
    /// <param name="mqtt">Further members of the section Mqtt.</param>
    /// <param name="broker">Lines for the broker's configuration.</param>
    /// <param name="surroundings">What the program runs in; null for nothing special.</param>
    /// <param name="prepare">Told the broker's port before the program starts.</param>
    internal static async Task<RunningService> StartAsync(
        string? sections = null, string? camera = null, Action<Bystander>? before = null, string? mqtt = null, string[]? broker = null, Surroundings? surroundings = null, Action<int>? prepare = null)
    {
        var folder = new TemporaryFolder();
        var ownBroker = await PrivateBroker.StartAsync([.. BrokerSettings, .. broker ?? []]);
        // A broker that takes user names for client ids lets nobody in without one.
        var user = broker?.Contains("use_username_as_clientid true") == true ? "bystander" : "";
        var bystander = await Bystander.JoinAsync(ownBroker.Port, user: user);
        before?.Invoke(bystander);
        prepare?.Invoke(ownBroker.Port);
        var source = camera ?? AppFolder.Resolve("configs/demo-clip.webm");
        var config = folder.Write("config.json", $$"""
            {
              "Camera": { "Source": "{{source}}", "Loop": true, "DriverZone": "image-left" },
              "Moods": { "EvidenceSeconds": 1 },
              "Mqtt": { "Host": "127.0.0.1", "Port": {{ownBroker.Port}}{{(mqtt is null ? "" : $", {mqtt}")}} }{{(sections is null ? "" : $", {sections}")}}
            }
            """);
        var service = new RunningService(folder, config, ownBroker, bystander, surroundings);
        await bystander.TextAsync("availability", "online");
        return service;
    }

    /// <summary>Grants consent for the current trip and waits until a face has been seen.</summary>
    internal async Task ConsentAsync()
    {
        var trip = await TripAsync();
        Bystander.Command("consent", $$"""{"id":"grant","granted":true,"trip":"{{trip}}"}""");
        Assert.Equal("ok", (await Bystander.ReplyAsync("grant")).GetProperty("status").GetString());
        await Bystander.JsonAsync("mood", mood => mood.GetProperty("face").GetString() == "present");
    }

    internal async Task<string> TripAsync() =>
        (await Bystander.JsonAsync("privacy", _ => true)).GetProperty("trip").GetString()!;

    internal async Task<JsonElement> SongAsync() => await Bystander.JsonAsync("song", _ => true);

    /// <summary>The files that the service has open, as the system names them.</summary>
    internal IReadOnlyList<string> OpenFiles() =>
        [.. Directory.GetFiles($"/proc/{Process.Process.Id}/fd").Select(descriptor => new FileInfo(descriptor).LinkTarget ?? "")];

    /// <summary>Ends the service as systemd does, and waits until all that it had to do is done.</summary>
    internal async Task TerminateAsync()
    {
        using var kill = System.Diagnostics.Process.Start("kill", ["-TERM", $"{Process.Process.Id}"]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, await Process.ExitAsync());
    }

    /// <summary>Ends the service without a goodbye and, if wanted, starts it again.</summary>
    internal void Kill()
    {
        Process.Process.Kill();
        Process.Process.WaitForExit();
    }

    internal void Restart()
    {
        Process.Dispose();
        Process = Start();
    }

    /// <summary>Ends the broker as a crash would and brings it back on the same port.</summary>
    internal async Task CrashBrokerAsync()
    {
        var port = Broker.Port;
        Broker.Kill();
        Broker.Dispose();
        Bystander.Forget();
        Broker = await PrivateBroker.StartAsync(BrokerSettings, port);
    }

    public async ValueTask DisposeAsync()
    {
        Process.Dispose();
        await Bystander.DisposeAsync();
        Broker.Dispose();
        _folder.Dispose();
    }

    private CabinmoodProcess Start() => CabinmoodProcess.Start(_folder.Path, _surroundings, "run", "--config", _config);
}
