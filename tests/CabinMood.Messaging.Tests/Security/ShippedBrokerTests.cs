using System.Diagnostics;
using CabinMood.Messaging.Trials;

namespace CabinMood.Messaging.Tests.Security;

/// <summary>The broker configurations that are shipped, in the real broker.</summary>
public sealed class ShippedBrokerTests : IDisposable
{
    private static readonly string Configs = Path.Combine(AppContext.BaseDirectory, "configs");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cabinmood-acl-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_benchs_broker_takes_commands_and_nothing_huge()
    {
        var settings = await File.ReadAllLinesAsync(Path.Combine(Configs, "mosquitto-bench.conf"));
        Assert.Contains("listener 1883 127.0.0.1", settings);
        using var broker = await PrivateBroker.StartAsync(WithoutListener(settings));
        await using var service = await TestLink.ConnectedAsync(broker.Port, "service", "cabinmood/car/set/#");
        await using var headUnit = await TestLink.ConnectedAsync(broker.Port, "head-unit");

        headUnit.Link.Publish("cabinmood/car/set/taste", new byte[60_000], qos: 1, retain: false);
        Assert.Equal(60_000, (await service.MessageAsync(_ => true)).Payload.Length);

        // The broker has told its limit, so the library does not even send it.
        Assert.False(headUnit.Link.Publish("cabinmood/car/set/taste", new byte[70_000], qos: 1, retain: false));
    }

    [Fact]
    public async Task In_a_car_only_the_head_unit_commands_and_only_CabinMood_tells()
    {
        using var broker = await PrivateBroker.StartAsync(PasswordSettings());
        await using var service = await UserAsync(broker.Port, "cabinmood", "cabinmood/car/set/#", "vss/#", "cabin/#", "cabinmood/car/player");
        await using var headUnit = await UserAsync(broker.Port, "head-unit", "#");
        await using var vehicle = await UserAsync(broker.Port, "vehicle", "#");
        await using var stranger = await UserAsync(broker.Port, "stranger", "#");

        foreach (var topic in new[] { "availability", "mood", "song", "limiter", "privacy", "health", "reply" })
        {
            await SaysAsync(service, $"cabinmood/car/{topic}", heardBy: headUnit);
            await IsRefusedAsync(headUnit, $"cabinmood/car/{topic}");
            await IsRefusedAsync(vehicle, $"cabinmood/car/{topic}");
            await IsRefusedAsync(stranger, $"cabinmood/car/{topic}");
        }

        foreach (var topic in new[] { "set", "set/nonsense", "set/consent", "set/camera", "set/override", "set/feedback", "set/style", "set/taste", "set/erase", "player" })
        {
            await SaysAsync(headUnit, $"cabinmood/car/{topic}", heardBy: service);
            await IsRefusedAsync(service, $"cabinmood/car/{topic}");
            await IsRefusedAsync(vehicle, $"cabinmood/car/{topic}");
            await IsRefusedAsync(stranger, $"cabinmood/car/{topic}");
        }

        await SaysAsync(headUnit, "cabin/call", heardBy: service);
        await SaysAsync(vehicle, "vss/Vehicle/Speed", heardBy: service);
        await SaysAsync(service, "head-unit/answers", heardBy: headUnit);
        await IsRefusedAsync(service, "vss/Vehicle/Speed");
        await IsRefusedAsync(headUnit, "vss/Vehicle/Speed");
        Assert.All(vehicle.Messages, message => Assert.Equal("cabinmood/car/availability", message.Topic));
        Assert.Empty(stranger.Messages);
    }

    [Fact]
    public async Task In_a_car_nobody_comes_in_without_a_name()
    {
        using var broker = await PrivateBroker.StartAsync(PasswordSettings());
        await using var anybody = new TestLink(TestLink.OptionsFor(broker.Port, "anybody"), []);

        anybody.Link.Start();

        await anybody.UntilAsync(() => anybody.Link.Status.State == MqttLinkState.Refused);
        Assert.Contains("uthori", anybody.Link.Status.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Over_the_vehicles_network_the_certificates_name_is_the_user()
    {
        using var authority = new TestAuthority(_folder.FullName, "vehicle-ca");
        authority.Sign("broker", "127.0.0.1");
        using var broker = await PrivateBroker.StartAsync(NetworkSettings());
        await using var service = await CertifiedAsync(authority, broker.Port, "cabinmood", "cabinmood/car/set/#");
        await using var headUnit = await CertifiedAsync(authority, broker.Port, "head-unit", "#");
        await using var stranger = await CertifiedAsync(authority, broker.Port, "stranger", "#");

        await SaysAsync(headUnit, "cabinmood/car/set/erase", heardBy: service);
        await SaysAsync(service, "cabinmood/car/mood", heardBy: headUnit);
        await IsRefusedAsync(stranger, "cabinmood/car/set/erase");
        await IsRefusedAsync(headUnit, "cabinmood/car/mood");
        Assert.Empty(stranger.Messages);
    }

    [Fact]
    public async Task In_a_car_the_service_may_do_all_its_work_and_somebody_else_nothing_of_it()
    {
        using var broker = await PrivateBroker.StartAsync(PasswordSettings());
        // Hears replies, so that nothing but the topic for trials says what the broker does with them.
        await using var headUnit = await UserAsync(broker.Port, "head-unit", "#");

        var service = await TriedAsync(PasswordOptions(broker.Port, "cabinmood"));
        var stranger = await TriedAsync(PasswordOptions(broker.Port, "stranger"));

        AssertMayDoAllItsWork(service);
        Assert.Contains("cabinmood/car/reply", stranger.Unwritable);
        Assert.All(headUnit.Messages, message => Assert.Equal("cabinmood/car/reply", message.Topic));
    }

    [Fact]
    public async Task Rights_are_tried_through_TLS_too()
    {
        using var authority = new TestAuthority(_folder.FullName, "vehicle-ca");
        authority.Sign("broker", "127.0.0.1");
        using var broker = await PrivateBroker.StartAsync(NetworkSettings());

        var service = await TriedAsync(CertifiedOptions(authority, broker.Port, "cabinmood"));

        AssertMayDoAllItsWork(service);
    }

    private static void AssertMayDoAllItsWork(RightsReport report)
    {
        Assert.Equal(TrialObstacle.None, report.Obstacle);
        Assert.Empty(report.Unheard.Concat(report.Unwritable));
        Assert.Empty(report.BrokenOff);
    }

    private static Task<RightsReport> TriedAsync(MqttOptions options) =>
        new RightsTrial(options.ForVisitor("doctor"), TimeProvider.System).TryAsync([new MqttSubscription("cabinmood/car/set/#", 1)], default);

    private static async Task SaysAsync(TestLink sender, string topic, TestLink heardBy)
    {
        Assert.True(sender.Link.Publish(topic, "{}"u8, qos: 1, retain: false));
        await heardBy.MessageAsync(message => message.Topic == topic);
    }

    private static async Task IsRefusedAsync(TestLink sender, string topic)
    {
        var before = sender.Link.Status.RejectedPublications;
        Assert.True(sender.Link.Publish(topic, "{}"u8, qos: 1, retain: false));
        using var limit = new CancellationTokenSource(TestLink.Patience);
        while (sender.Link.Status.RejectedPublications == before)
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static async Task<TestLink> ConnectedAsync(MqttOptions options, string[] filters)
    {
        var link = new TestLink(options, [.. filters.Select(filter => new MqttSubscription(filter, 1))]);
        link.Link.Start();
        await link.UntilAsync(() => link.Link.Status.State == MqttLinkState.Connected);
        return link;
    }

    private static string[] WithoutListener(IEnumerable<string> settings) =>
        [.. settings.Where(line => !line.StartsWith("listener", StringComparison.Ordinal) && line != "protocol websockets")];

    private Task<TestLink> UserAsync(int port, string user, params string[] filters) => ConnectedAsync(PasswordOptions(port, user), filters);

    private MqttOptions PasswordOptions(int port, string user)
    {
        var options = TestLink.OptionsFor(port, user);
        (options.Username, options.PasswordFile) = (user, Path.Combine(_folder.FullName, $"{user}.password"));
        File.WriteAllText(options.PasswordFile, $"{user}-secret\n");
        return options;
    }

    private static Task<TestLink> CertifiedAsync(TestAuthority authority, int port, string user, params string[] filters) =>
        ConnectedAsync(CertifiedOptions(authority, port, user), filters);

    private static MqttOptions CertifiedOptions(TestAuthority authority, int port, string user)
    {
        var options = TestLink.OptionsFor(port, user);
        (options.Tls, options.CaFile) = (true, authority.File);
        (options.CertificateFile, options.KeyFile) = authority.Sign(user);
        return options;
    }

    // Everything up to the network's listener, with this test's files.
    private string[] PasswordSettings()
    {
        var passwords = Path.Combine(_folder.FullName, "passwords");
        File.WriteAllText(passwords, "");
        foreach (var user in new[] { "cabinmood", "head-unit", "vehicle", "stranger" })
        {
            using var tool = Process.Start(new ProcessStartInfo("mosquitto_passwd", ["-b", passwords, user, $"{user}-secret"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            tool.WaitForExit();
            Assert.Equal(0, tool.ExitCode);
        }

        return WithoutListener(Settings().TakeWhile(line => line != "listener 8883"));
    }

    // All of it, with the network's listener as the only one.
    private string[] NetworkSettings()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "passwords"), "");
        return WithoutListener(Settings());
    }

    private IEnumerable<string> Settings() => File.ReadAllLines(Path.Combine(Configs, "mosquitto.conf")).Select(line => line
        .Replace("/etc/mosquitto/cabinmood.passwords", Path.Combine(_folder.FullName, "passwords"), StringComparison.Ordinal)
        .Replace("/etc/mosquitto/cabinmood.acl", Path.Combine(Configs, "mosquitto.acl"), StringComparison.Ordinal)
        .Replace("/etc/mosquitto/ca_certificates", _folder.FullName, StringComparison.Ordinal)
        .Replace("/etc/mosquitto/certs", _folder.FullName, StringComparison.Ordinal));
}
