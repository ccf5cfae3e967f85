using CabinMood.Core.Safety;
using CabinMood.Messaging;
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
        await using var main = new MqttLink(OptionsFor(mainBroker), [], _ => { }, null, TimeProvider.System, NullLogger<MqttLink>.Instance);
        var urgent = new UrgentConnection(OptionsFor(urgentBroker), main, NewInbox(), new ServiceClock(TimeProvider.System), log);
        await using var urgentLink = urgent.Link;
        using var refusals = new SemaphoreSlim(0);
        urgentLink.StateChanged += (_, _) =>
        {
            if (urgentLink.Status.State == MqttLinkState.Refused)
            {
                refusals.Release();
            }
        };
        urgentLink.Start();
        Assert.True(await refusals.WaitAsync(TimeSpan.FromSeconds(60)));
        Assert.Empty(log.All);

        main.Start();
        Assert.True(await refusals.WaitAsync(TimeSpan.FromSeconds(20)), "It was not tried again when the first one stood.");

        Assert.Contains("second connection, cabinmood-car-urgent", Assert.Single(log.All), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_connection_that_was_refused_for_what_has_been_mended_since_is_there_with_the_first_one_and_nothing_is_told()
    {
        await using var mainBroker = new StubBroker();
        await using var urgentBroker = new StubBroker(welcome: 0x87);
        var log = new LogLines<UrgentConnection>();
        await using var main = new MqttLink(OptionsFor(mainBroker), [], _ => { }, null, TimeProvider.System, NullLogger<MqttLink>.Instance);
        var urgent = new UrgentConnection(OptionsFor(urgentBroker), main, NewInbox(), new ServiceClock(TimeProvider.System), log);
        await using var urgentLink = urgent.Link;
        var (refused, connected) = (new TaskCompletionSource(), new TaskCompletionSource());
        urgentLink.StateChanged += (_, _) =>
        {
            if (urgentLink.Status.State == MqttLinkState.Refused)
            {
                refused.TrySetResult();
            }
        };
        urgentLink.Connected += (_, _) => connected.TrySetResult();
        urgentLink.Start();
        await refused.Task.WaitAsync(TimeSpan.FromSeconds(60));

        urgentBroker.Welcome = 0;
        main.Start();
        await connected.Task.WaitAsync(TimeSpan.FromSeconds(60));

        Assert.Empty(log.All);
    }

    private static Inbox NewInbox() =>
        new Inbox(new Topics("car"), new VehicleOptions(), new ServiceClock(TimeProvider.System), _ => true, (_, _) => { }, new ReplyDirectory(), NullLogger<Inbox>.Instance);

    private static MqttOptions OptionsFor(StubBroker broker) => new() { Host = "127.0.0.1", Port = broker.Port };
}
