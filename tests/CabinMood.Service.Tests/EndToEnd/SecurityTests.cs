using System.Diagnostics;
using System.Runtime.Versioning;
using CabinMood.Messaging;
using CabinMood.Service.Tests.Support;

namespace CabinMood.Service.Tests.EndToEnd;

/// <summary>What the running program lets nobody see, and what it says when it is not let in.</summary>
public sealed class SecurityTests
{
    private const string Secret = "correct-horse-battery-staple";

    [Fact]
    [SupportedOSPlatform("linux")]
    public async Task The_password_of_a_systemd_credential_opens_the_broker_and_stands_in_no_argument_and_no_log()
    {
        using var folder = new TemporaryFolder();
        folder.Write("mqtt-password", Secret, UnixFileMode.UserRead);
        using (var tool = Process.Start(new ProcessStartInfo("mosquitto_passwd", ["-b", "-c", folder.File("passwords"), "cabinmood", Secret]) { RedirectStandardError = true })!)
        {
            await tool.WaitForExitAsync();
        }

        await using var service = await RunningService.StartAsync(
            "\"Serilog\": { \"MinimumLevel\": { \"Default\": \"Verbose\" } }",
            mqtt: "\"Username\": \"cabinmood\", \"PasswordFile\": \"mqtt-password\"",
            broker: [$"password_file {folder.File("passwords")}"],
            surroundings: new Surroundings([], new() { ["CREDENTIALS_DIRECTORY"] = folder.Path }));

        var arguments = await File.ReadAllTextAsync($"/proc/{service.Process.Process.Id}/cmdline");
        var environment = await File.ReadAllTextAsync($"/proc/{service.Process.Process.Id}/environ");
        await service.TerminateAsync();
        Assert.All(new[] { arguments, environment, service.Process.Output, service.Process.Error }, text => Assert.DoesNotContain(Secret, text, StringComparison.Ordinal));
        Assert.Contains("Connected to the MQTT broker", service.Process.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Every user of this machine can read", service.Process.Output, StringComparison.Ordinal);
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public async Task A_secret_that_everybody_can_read_is_one_warning_at_the_start()
    {
        using var folder = new TemporaryFolder();
        var password = folder.Write("mqtt-password", Secret, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        await using var service = await RunningService.StartAsync(RunningService.WithoutNets, mqtt: $"\"Username\": \"cabinmood\", \"PasswordFile\": \"{password}\"");

        await service.TerminateAsync();

        var line = Assert.Single(service.Process.Output.Split('\n'), line => line.Contains("Every user of this machine can read", StringComparison.Ordinal));
        Assert.StartsWith("warn", line, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(password, line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"Username\": \"cabinmood\", \"PasswordFile\": \"/nowhere/password\"", "cannot be asked: the password file cannot be read: Could not find")]
    [InlineData("\"Tls\": true, \"CaFile\": \"/nowhere/ca.crt\"", "cannot be asked: the CA file cannot be read: Could not find")]
    public async Task A_broker_that_cannot_be_trusted_or_entered_is_one_clear_line(string mqtt, string line)
    {
        using var folder = new TemporaryFolder();
        using var broker = await PrivateBroker.StartAsync();
        var config = folder.Write("config.json", $$"""{ "Mqtt": { "Host": "127.0.0.1", "Port": {{broker.Port}}, {{mqtt}} } }""");
        using var service = CabinmoodProcess.Start(folder.Path, "run", "--config", config);

        await service.UntilAsync(() => service.Output.Contains(line, StringComparison.Ordinal));

        Assert.Single(service.Output.Split('\n'), text => text.Contains("The MQTT broker at", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_running_service_can_leave_no_core_dump()
    {
        await using var service = await RunningService.StartAsync();

        var limits = await File.ReadAllLinesAsync($"/proc/{service.Process.Process.Id}/limits");

        Assert.Matches(@"^Max core file size +0 +0 ", Assert.Single(limits, line => line.StartsWith("Max core", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_demo_that_is_killed_takes_its_broker_along()
    {
        using var folder = new TemporaryFolder();
        using var demo = CabinmoodProcess.Start(folder.Path, "demo", "--json");
        await demo.UntilAsync(() => demo.Output.Contains("cabinmood/car/", StringComparison.Ordinal));
        var tasks = Directory.GetDirectories($"/proc/{demo.Process.Id}/task").Select(task => File.ReadAllText(Path.Combine(task, "children")));
        var broker = Process.GetProcessById(int.Parse(tasks.SelectMany(task => task.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Single(), System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal("mosquitto", broker.ProcessName);

        demo.Process.Kill();

        using var limit = new CancellationTokenSource(Bystander.Patience);
        await broker.WaitForExitAsync(limit.Token);
        Assert.True(broker.HasExited);
    }
}
