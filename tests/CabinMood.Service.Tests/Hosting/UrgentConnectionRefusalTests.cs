using CabinMood.Core.Safety;
using CabinMood.Messaging;
using CabinMood.Messaging.Tests;
using CabinMood.Service.Hosting;
using CabinMood.Service.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace CabinMood.Service.Tests.Hosting;

public sealed class UrgentConnectionRefusalTests
{
    [Fact]
    public async Task A_second_connection_that_is_refused_before_the_first_one_stands_is_told_once_the_first_one_does()
    {
        await using var mainBroker = new StubBroker();
        await using var urgentBroker = new StubBroker(welcome: 0x87);
        var log = new LogLines<UrgentConnection>();
        var inbox = new Inbox(new Topics("car"), new VehicleOptions(), new ServiceClock(TimeProvider.System), _ => true, (_, _) => { }, new ReplyDirectory(), NullLogger<Inbox>.Instance);
        var mainLink = new MqttLink(OptionsFor(mainBroker), [], _ => { }, null, TimeProvider.System, NullLogger<MqttLink>.Instance);
        var connection = new UrgentConnection(OptionsFor(urgentBroker), mainLink, inbox, new ServiceClock(TimeProvider.System), log);
        await using var main = new TestLink(mainLink);
        await using var urgent = new TestLink(connection.Link);
        urgent.Link.Start();
        await urgent.UntilAsync(() => urgent.Link.Status.State == MqttLinkState.Refused);
        Assert.Empty(log.All);

        main.Link.Start();
        await main.UntilAsync(() => log.All.Count > 0);

        Assert.Contains("second connection, cabinmood-car-urgent", Assert.Single(log.All), StringComparison.Ordinal);
    }

    private static MqttOptions OptionsFor(StubBroker broker) => new() { Host = "127.0.0.1", Port = broker.Port };
}
