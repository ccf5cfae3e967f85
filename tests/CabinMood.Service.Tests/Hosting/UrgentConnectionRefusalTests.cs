using CabinMood.Core.Safety;
using CabinMood.Messaging;
using CabinMood.Messaging.Tests;
using CabinMood.Service.Hosting;
using CabinMood.Service.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace CabinMood.Service.Tests.Hosting;

public sealed class UrgentConnectionRefusalTests
{
    private readonly LogLines<UrgentConnection> _log = new();

    [Fact]
    public async Task A_second_connection_that_is_refused_before_the_first_one_stands_is_told_once_the_first_one_does()
    {
        await using var mainBroker = new StubBroker();
        await using var urgentBroker = new StubBroker(welcome: 0x87);
        var (connection, mainLink, urgentLink) = Between(mainBroker, urgentBroker);
        await using var main = mainLink;
        await using var urgent = urgentLink;
        connection.Begin();
        await urgent.UntilAsync(() => urgent.Link.Status.State == MqttLinkState.Refused);
        Assert.Empty(_log.All);

        main.Link.Start();
        await urgent.UntilAsync(() => _log.All.Count > 0);

        Assert.Contains("second connection, cabinmood-car-urgent", Assert.Single(_log.All), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_connection_that_was_refused_for_what_has_been_mended_since_is_there_with_the_first_one_and_nothing_is_told()
    {
        var isMended = false;
        await using var mainBroker = new StubBroker();
        await using var urgentBroker = new StubBroker(packet => packet.Answer(Volatile.Read(ref isMended) ? (byte)0 : (byte)0x87));
        var (connection, mainLink, urgentLink) = Between(mainBroker, urgentBroker);
        await using var main = mainLink;
        await using var urgent = urgentLink;
        connection.Begin();
        await urgent.UntilAsync(() => urgent.Link.Status.State == MqttLinkState.Refused);

        Volatile.Write(ref isMended, true);
        main.Link.Start();
        await urgent.UntilAsync(() => urgent.Link.Status.State == MqttLinkState.Connected);

        Assert.Empty(_log.All);
    }

    [Fact]
    public async Task A_second_connection_on_which_the_broker_closes_without_a_word_is_told_once_it_lasts()
    {
        await using var mainBroker = new StubBroker();
        await using var urgentBroker = new StubBroker(welcome: null);
        var (connection, mainLink, urgentLink) = Between(mainBroker, urgentBroker);
        await using var main = mainLink;
        await using var urgent = urgentLink;
        main.Link.Start();
        await urgent.UntilAsync(() => urgent.Link.Status is { State: MqttLinkState.Connecting, Reason: not MqttLinkStatus.Unanswered });

        connection.TellAbsence();
        Assert.Empty(_log.All);
        connection.TellAbsence();
        connection.TellAbsence();

        Assert.Contains("second connection, cabinmood-car-urgent", Assert.Single(_log.All), StringComparison.Ordinal);
    }

    private (UrgentConnection Connection, TestLink Main, TestLink Urgent) Between(StubBroker mainBroker, StubBroker urgentBroker)
    {
        var clock = new ServiceClock(TimeProvider.System);
        var inbox = new Inbox(new Topics("car"), new VehicleOptions(), clock, _ => true, (_, _) => { }, new ReplyDirectory(), NullLogger<Inbox>.Instance);
        var main = new MqttLink(OptionsFor(mainBroker), [], _ => { }, null, TimeProvider.System, NullLogger<MqttLink>.Instance);
        var connection = new UrgentConnection(OptionsFor(urgentBroker), main, inbox, clock, _log);
        return (connection, new TestLink(main), new TestLink(connection.Link));
    }

    private static MqttOptions OptionsFor(StubBroker broker) => new() { Host = "127.0.0.1", Port = broker.Port };
}
