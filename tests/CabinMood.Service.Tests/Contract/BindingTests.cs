using System.Globalization;
using System.Text.RegularExpressions;
using CabinMood.Core.Safety;
using CabinMood.Messaging;
using CabinMood.Messaging.Payloads;
using CabinMood.Service.Tests.EndToEnd;
using CabinMood.Service.Tests.Support;

namespace CabinMood.Service.Tests.Contract;

/// <summary>How the contract for tools says that MQTT is used, beside what the broker saw the running service do.</summary>
public sealed partial class BindingTests : IDisposable
{
    private const string Client = "cabinmood-car";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [NeedsAsyncApiFact]
    public async Task Every_publication_and_subscription_has_the_QoS_and_retain_flag_of_its_binding()
    {
        var contract = await ContractFile.BindingsAsync();
        await using var service = await RunningService.StartAsync("\"Commands\": { \"PerSecond\": 1000 }", broker: [$"log_dest file {_folder.File("broker.log")}", "log_type all"]);
        await service.ConsentAsync();
        var trip = await service.TripAsync();
        await service.SongAsync();
        await service.Bystander.JsonAsync("limiter", _ => true);
        await service.Bystander.JsonAsync("health", _ => true);
        service.Bystander.Command("override", $$"""{"id":"stop","source":"touch","trip":"{{trip}}","action":"stop"}""");
        await service.Bystander.ReplyAsync("stop");
        await service.TerminateAsync();
        await service.Bystander.TextAsync("availability", "offline");
        var log = await File.ReadAllTextAsync(_folder.File("broker.log"));

        var published = Publication().Matches(log).Select(one => (Topic: one.Groups["topic"].Value, Qos: Number(one, "qos"), Retain: Number(one, "retain") == 1)).ToList();
        var told = contract.Operations.Where(operation => operation.Action == "send").ToList();
        Assert.Equal(told.Select(operation => operation.Topic).Order(StringComparer.Ordinal), published.Select(one => one.Topic).Distinct().Order(StringComparer.Ordinal));
        Assert.All(told, operation => Assert.All(published.Where(one => one.Topic == operation.Topic), one => Assert.Equal((operation.Topic, operation.Qos, operation.Retain), (one.Topic, one.Qos, one.Retain))));

        var subscribed = Subscription().Matches(log).Select(one => (Filter: one.Groups["filter"].Value, Qos: Number(one, "qos"))).ToList();
        var taken = contract.Operations.Where(operation => operation.Action == "receive").ToList();
        Assert.All(taken, operation => Assert.Equal((operation.Topic, operation.Qos), (operation.Topic, Assert.Single(subscribed, one => IsHeard(one.Filter, operation.Topic)).Qos)));
        Assert.All(subscribed, one => Assert.Contains(taken, operation => IsHeard(one.Filter, operation.Topic)));

        var server = contract.Server;
        Assert.Contains($" as {server.ClientId} (p5, c{(server.CleanSession ? 1 : 0)}, k{server.KeepAlive}).", log, StringComparison.Ordinal);
        Assert.Matches($@" as {Client} .*\n.*Will message specified \({server.LastWill.Message.Length} bytes\) \(r{(server.LastWill.Retain ? 1 : 0)}, q{server.LastWill.Qos}\)\.\n.*\t{server.LastWill.Topic}\n", log);
    }

    [NeedsAsyncApiFact]
    public async Task What_is_not_to_be_retained_is_refused_when_it_is()
    {
        var contract = await ContractFile.BindingsAsync();
        var taken = contract.Operations.Where(operation => operation is { Action: "receive", Topic: var topic } && topic.StartsWith("cabinmood/", StringComparison.Ordinal)).ToList();
        await using var service = await RunningService.StartAsync("\"Commands\": { \"PerSecond\": 1000 }, " + RunningService.WithoutNets);
        Assert.All(taken, operation => Assert.False(operation.Retain));
        foreach (var operation in taken)
        {
            service.Bystander.Say(operation.Topic, """{"id":"kept","source":"other","state":"playing","style":"calm","on":false,"granted":false,"clear":true}""", retain: true);
        }

        await service.Bystander.JsonAsync("health", health => health.GetProperty("refused").GetProperty("commands").GetInt64() == taken.Count - 1 && health.GetProperty("refused").GetProperty("player").GetInt64() == 1);
    }

    [NeedsAsyncApiFact]
    public async Task What_the_broker_does_not_log_is_what_the_service_asks_for()
    {
        var contract = await ContractFile.BindingsAsync();
        var health = HealthPayload.From(default, HealthState.Ok, [], 0, 0, 0, 0, 0, 0, default, "", new Dictionary<string, string>(), RefusedPayload.From(0, 0, 0, VehicleState.Unknown), []);

        Assert.Equal(new MqttOptions().SessionExpirySeconds, contract.Server.SessionExpiryInterval);
        var expiring = Assert.Single(contract.Operations, operation => operation.MessageExpiryInterval is not null);
        Assert.Equal((expiring.Topic, expiring.MessageExpiryInterval), (OutgoingMessage.Of(health, new Topics("car")).Topic, (int?)OutgoingMessage.Of(health, new Topics("car")).Expiry!.Value.TotalSeconds));
    }

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    private static bool IsHeard(string filter, string topic) => filter == topic || (filter.EndsWith("/#", StringComparison.Ordinal) && topic.StartsWith(filter[..^1], StringComparison.Ordinal));

    [GeneratedRegex($@"Received PUBLISH from {Client} \(d\d, q(?<qos>\d), r(?<retain>\d), m\d+, '(?<topic>[^']+)'")]
    private static partial Regex Publication();

    [GeneratedRegex($@"^\d+: {Client} (?<qos>\d) (?<filter>\S+)$", RegexOptions.Multiline)]
    private static partial Regex Subscription();
}
