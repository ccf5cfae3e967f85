namespace CabinMood.Messaging.Tests;

public sealed class BrokerConfigurationTests
{
    [Fact]
    public async Task The_configuration_we_ship_starts_a_broker_that_takes_commands_and_nothing_huge()
    {
        var settings = await File.ReadAllLinesAsync(Path.Combine(AppContext.BaseDirectory, "mosquitto.conf"));
        Assert.Contains("listener 1883 127.0.0.1", settings);
        using var broker = await PrivateBroker.StartAsync([.. settings.Where(line => !line.StartsWith("listener", StringComparison.Ordinal))]);
        await using var service = await TestLink.ConnectedAsync(broker.Port, "service", "cabinmood/car/set/#");
        await using var headUnit = await TestLink.ConnectedAsync(broker.Port, "head-unit");

        headUnit.Link.Publish("cabinmood/car/set/taste", new byte[60_000], qos: 1, retain: false);
        Assert.True((await service.MessageAsync(_ => true)).Truncated);

        // The broker has told its limit, so the library does not even send it.
        Assert.False(headUnit.Link.Publish("cabinmood/car/set/taste", new byte[70_000], qos: 1, retain: false));
    }
}
