using CabinMood.Messaging;
using CabinMood.Service.Diagnosis;
using CabinMood.Service.Tests.Support;

namespace CabinMood.Service.Tests.Diagnosis;

/// <summary>What the doctor finds out about the real broker.</summary>
public sealed class BrokerVisitTests
{
    [Fact]
    public async Task A_broker_that_lets_us_do_our_work_is_good_in_both_ways()
    {
        using var broker = await PrivateBroker.StartAsync();

        var findings = await VisitAsync(broker);

        Assert.Equal(["broker", "rights"], findings.Select(finding => finding.Subject));
        Assert.All(findings, finding => Assert.True(finding.IsGood, finding.Detail));
    }

    [Fact]
    public async Task Rights_that_the_brokers_list_withholds_are_named_with_what_gives_them()
    {
        using var folder = new TemporaryFolder();
        using var broker = await PrivateBroker.StartAsync(["allow_anonymous true", $"acl_file {folder.Write("acl", "topic read cabinmood/+/mood\n")}"]);

        var rights = (await VisitAsync(broker))[^1];

        Assert.False(rights.IsGood);
        Assert.Equal("the broker does not let us publish cabinmood/car/reply", rights.Detail);
        Assert.Contains("mosquitto.acl", rights.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broker_that_refuses_us_is_said_to_refuse_us()
    {
        using var broker = await PrivateBroker.StartAsync(["allow_anonymous false"]);

        var finding = Assert.Single(await VisitAsync(broker));

        Assert.False(finding.IsGood);
        Assert.EndsWith(": Not authorized", finding.Detail, StringComparison.Ordinal);
    }

    private static Task<IReadOnlyList<Finding>> VisitAsync(PrivateBroker broker) =>
        new BrokerVisit(new MqttOptions { Host = "127.0.0.1", Port = broker.Port }, TimeProvider.System).LookAsync(default);
}
