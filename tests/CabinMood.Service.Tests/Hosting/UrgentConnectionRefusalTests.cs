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
        var inbox = new Inbox(new Topics("car"), new VehicleOptions(), new ServiceClock(TimeProvider.System), _ => true, (_, _) => { }, new ReplyDirectory(), NullLogger<Inbox>.Instance);
        await using var main = new MqttLink(OptionsFor(mainBroker), [], _ => { }, null, TimeProvider.System, NullLogger<MqttLink>.Instance);
        var urgent = new UrgentConnection(OptionsFor(urgentBroker), main, inbox, new ServiceClock(TimeProvider.System), log);
        await using var urgentLink = urgent.Link;
        var (refused, connected) = (new TaskCompletionSource(), new TaskCompletionSource());
        urgentLink.StateChanged += (_, _) => SetIf(refused, urgentLink.Status.State == MqttLinkState.Refused);
        urgentLink.Start();
        await refused.Task.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Empty(log.All);

        main.Connected += (_, _) => connected.TrySetResult();
        main.Start();
        await connected.Task.WaitAsync(TimeSpan.FromSeconds(60));

        Assert.Contains("second connection, cabinmood-car-urgent", Assert.Single(log.All), StringComparison.Ordinal);
    }

    private static void SetIf(TaskCompletionSource source, bool condition)
    {
        if (condition)
        {
            source.TrySetResult();
        }
    }

    private static MqttOptions OptionsFor(StubBroker broker) => new() { Host = "127.0.0.1", Port = broker.Port };
}
