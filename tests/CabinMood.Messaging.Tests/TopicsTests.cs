using CabinMood.Core;

namespace CabinMood.Messaging.Tests;

public sealed class TopicsTests
{
    private readonly Topics _topics = new("car");

    [Theory]
    [InlineData("cabinmood/car/set/override", "override")]
    [InlineData("cabinmood/car/set/a/b", "a/b")]
    [InlineData("cabinmood/car/set", "")]
    [InlineData("cabinmood/car/set/", "")]
    [InlineData("cabinmood/car/settings", null)]
    [InlineData("cabinmood/car/mood", null)]
    [InlineData("cabinmood/bus/set/override", null)]
    public void A_command_is_what_follows_set(string topic, string? command) =>
        Assert.Equal(command, _topics.CommandOf(topic));

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("+")]
    [InlineData("my car")]
    public void A_vehicle_that_cannot_be_part_of_a_topic_is_refused(string vehicle)
    {
        var errors = new List<ConfigurationError>();

        new MqttOptions { Vehicle = vehicle }.Validate(errors);

        Assert.Equal(["Mqtt:Vehicle"], errors.Select(e => e.Key));
        Assert.Throws<ArgumentException>(() => new Topics(vehicle));
    }

    [Fact]
    public void Defaults_are_valid()
    {
        var errors = new List<ConfigurationError>();

        new MqttOptions().Validate(errors);

        Assert.Empty(errors);
    }

    [Fact]
    public void Every_option_out_of_range_is_named()
    {
        var errors = new List<ConfigurationError>();

        new MqttOptions
        {
            Host = " ",
            Port = 0,
            KeepAliveSeconds = 4,
            SessionExpirySeconds = -1,
            PasswordFile = "/run/secret",
            ClientId = new string('x', 65),
        }.Validate(errors);

        Assert.Equal(
            ["Mqtt:ClientId", "Mqtt:Host", "Mqtt:KeepAliveSeconds", "Mqtt:PasswordFile", "Mqtt:Port", "Mqtt:SessionExpirySeconds"],
            errors.Select(e => e.Key).Order(StringComparer.Ordinal));
    }
}
