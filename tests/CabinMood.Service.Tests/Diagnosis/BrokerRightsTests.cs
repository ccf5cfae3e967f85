using CabinMood.Core.Safety;
using CabinMood.Messaging;
using CabinMood.Messaging.Tests;
using CabinMood.Service.Diagnosis;

namespace CabinMood.Service.Tests.Diagnosis;

/// <summary>What the doctor makes of a broker that lets it in and then does something else than mosquitto.</summary>
public sealed class BrokerRightsTests
{
    private readonly Topics _topics = new("car");

    [Fact]
    public async Task A_broker_that_lets_nobody_in_any_more_is_not_good_and_all_that_was_not_tried_is_named()
    {
        await using var broker = new StubBroker(welcome: 0x97);

        var rights = await LookAsync(broker);

        Assert.False(rights.IsGood);
        Assert.StartsWith("not tried: whether we may listen to cabinmood/car/set/#, cabinmood/car/player, ", rights.Detail, StringComparison.Ordinal);
        Assert.Contains(", or publish cabinmood/car/availability, ", rights.Detail, StringComparison.Ordinal);
        Assert.EndsWith(" (it refuses a further connection: Quota exceeded)", rights.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(_topics.Trial, rights.Remedy, StringComparison.Ordinal);
        Assert.Contains("what the broker says", rights.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broker_that_would_hand_a_trial_on_is_good_and_no_right_is_said_to_change_that()
    {
        await using var broker = new StubBroker(packet => packet.IsPublication ? [.. packet.Answer(), .. packet.HandedOn()] : packet.Answer());

        var rights = await LookAsync(broker);

        Assert.True(rights.IsGood, rights.Detail);
        Assert.StartsWith("nothing is refused so far; not tried: whether we may publish cabinmood/car/availability, ", rights.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(_topics.Trial, rights.Remedy, StringComparison.Ordinal);
        Assert.Contains("PublicationRejected", rights.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_a_broker_closes_the_connection_that_is_not_good_and_the_rest_is_tried()
    {
        await using var broker = new StubBroker(packet =>
            packet.Topic == _topics.Trial ? packet.Answer(0x87)
            : packet.Topic is "cabinmood/car/song" or "vss/Vehicle/Speed" ? null
            : packet.Topic == _topics.Health ? packet.Answer(0x87)
            : packet.IsPublication && packet.Qos == 1 ? packet.Answer(16)
            : packet.Answer());

        var rights = await LookAsync(broker);

        Assert.False(rights.IsGood);
        Assert.Equal(
            "the broker does not let us publish cabinmood/car/health; the broker broke off at vss/Vehicle/Speed, cabinmood/car/song: it closed the connection",
            rights.Detail);
        Assert.Contains("what the broker says", rights.Remedy, StringComparison.Ordinal);
    }

    private static Task<Finding> LookAsync(StubBroker broker) =>
        new BrokerRights(TestLink.OptionsFor(broker.Port, "doctor"), new VehicleOptions(), TimeProvider.System).LookAsync(default);
}
