using System.Text;
using CabinMood.Messaging;
using CabinMood.Messaging.Tests;
using CabinMood.Service.Hosting;

namespace CabinMood.Service.Tests.Hosting;

/// <summary>Two links that end at brokers which answer as it suits the test.</summary>
public sealed class PrivacyTellerTests
{
    [Fact]
    public async Task What_may_still_be_under_way_over_the_urgent_connection_is_not_the_last_word()
    {
        await using var mainBroker = new StubBroker(answer: 0);
        await using var urgentBroker = new StubBroker();
        await using var main = await ConnectedAsync(mainBroker);
        await using var urgent = await ConnectedAsync(urgentBroker);
        var privacy = await TellerAsync(main, mainBroker, urgent);
        privacy.Tell(Saying("camera on"));
        Assert.Equal("camera on", await urgentBroker.NextAsync());

        // The main connection comes back, and the state is told anew there; the broker has not read "on" yet.
        privacy.LinkConnected();
        privacy.Tell(Saying("camera off"));

        Assert.Equal("camera off", await mainBroker.NextAsync());
        Assert.Equal("camera off", await urgentBroker.NextAsync());
    }

    [Fact]
    public async Task What_the_broker_does_not_let_the_urgent_connection_tell_goes_over_the_main_one_and_so_does_the_rest()
    {
        await using var mainBroker = new StubBroker(answer: 0);
        await using var urgentBroker = new StubBroker(answer: 0x87);
        await using var main = await ConnectedAsync(mainBroker);
        await using var urgent = await ConnectedAsync(urgentBroker);
        var privacy = await TellerAsync(main, mainBroker, urgent);
        privacy.Tell(Saying("camera off"));

        Assert.Equal("camera off", await urgentBroker.NextAsync());
        Assert.Equal("camera off", await mainBroker.NextAsync());
        Delivered(main);
        privacy.Tell(Saying("camera on"));
        Assert.Equal("camera on", await mainBroker.NextAsync());
    }

    [Fact]
    public async Task What_the_main_connection_may_have_lost_the_urgent_one_tells_and_so_what_comes_after()
    {
        await using var mainBroker = new StubBroker();
        await using var urgentBroker = new StubBroker(answer: 0);
        await using var main = await ConnectedAsync(mainBroker);
        await using var urgent = await ConnectedAsync(urgentBroker);
        var privacy = new PrivacyTeller(main, urgent);
        privacy.Tell(Saying("camera on"));
        Assert.Equal("camera on", await mainBroker.NextAsync());
        main.StateChanged += (_, _) => privacy.LinkLost();

        await mainBroker.VanishAsync();

        Assert.Equal("camera on", await urgentBroker.NextAsync());
        privacy.Tell(Saying("camera off"));
        Assert.Equal("camera off", await urgentBroker.NextAsync());
    }

    [Fact]
    public async Task What_the_urgent_connection_may_have_lost_the_main_one_tells()
    {
        await using var mainBroker = new StubBroker(answer: 0);
        await using var urgentBroker = new StubBroker();
        await using var main = await ConnectedAsync(mainBroker);
        await using var urgent = await ConnectedAsync(urgentBroker);
        var privacy = await TellerAsync(main, mainBroker, urgent);
        privacy.Tell(Saying("camera off"));
        Assert.Equal("camera off", await urgentBroker.NextAsync());
        urgent.StateChanged += (_, _) => privacy.UrgentLost();

        await urgentBroker.VanishAsync();

        Assert.Equal("camera off", await mainBroker.NextAsync());
    }

    private static OutgoingMessage Saying(string text) => new("cabinmood/car/privacy", Encoding.UTF8.GetBytes(text), 1, true);

    // With the first word told, which always takes the main connection.
    private static async Task<PrivacyTeller> TellerAsync(MqttLink main, StubBroker mainBroker, MqttLink urgent)
    {
        var privacy = new PrivacyTeller(main, urgent);
        urgent.WatchedRejected += (_, _) => privacy.UrgentRejected();
        privacy.Tell(Saying("first"));
        Assert.Equal("first", await mainBroker.NextAsync());
        Delivered(main);
        return privacy;
    }

    private static void Delivered(MqttLink link) => Assert.True(SpinWait.SpinUntil(() => link.HasDelivered, TimeSpan.FromSeconds(60)));

    private static async Task<MqttLink> ConnectedAsync(StubBroker broker) => (await TestLink.ConnectedAsync(broker.Port, "service")).Link;
}
