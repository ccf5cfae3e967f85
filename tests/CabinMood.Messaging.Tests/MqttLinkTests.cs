using System.Net;
using System.Net.Sockets;
using System.Text;
using CabinMood.Messaging.Mosquitto;
using Microsoft.Extensions.Logging.Abstractions;

namespace CabinMood.Messaging.Tests;

public sealed class MqttLinkTests
{
    private const string Availability = "cabinmood/car/availability";

    [Fact]
    public async Task A_link_says_online_when_it_comes_and_offline_when_it_goes()
    {
        using var broker = await PrivateBroker.StartAsync();
        await using var watcher = await TestLink.ConnectedAsync(broker.Port, "watcher", "cabinmood/#");
        var service = await TestLink.ConnectedAsync(broker.Port, "service", availabilityTopic: Availability);

        await watcher.MessageAsync(m => m.Topic == Availability && TestLink.Text(m) == "online");
        await service.DisposeAsync();

        await watcher.MessageAsync(m => m.Topic == Availability && TestLink.Text(m) == "offline");
        Assert.Equal(MqttLinkState.Stopped, service.Link.Status.State);
    }

    [Fact]
    public async Task Availability_is_retained_for_those_who_come_later()
    {
        using var broker = await PrivateBroker.StartAsync();
        await using var service = await TestLink.ConnectedAsync(broker.Port, "service", availabilityTopic: Availability);
        // Subscribing to the topic itself tells when the broker has it.
        await using var first = await TestLink.ConnectedAsync(broker.Port, "first", Availability);
        await first.MessageAsync(m => TestLink.Text(m) == "online");

        await using var second = await TestLink.ConnectedAsync(broker.Port, "second", Availability);

        var seen = await second.MessageAsync(m => m.Topic == Availability);
        Assert.True(seen.Retained);
        Assert.Equal("online", TestLink.Text(seen));
    }

    [Fact]
    public async Task A_killed_broker_that_returns_gets_the_retained_topics_back_within_five_seconds()
    {
        var broker = await PrivateBroker.StartAsync();
        var port = broker.Port;
        await using var service = new TestLink(TestLink.OptionsFor(port, "service"), [], Availability);
        service.Link.Connected += (_, _) => service.Link.Publish("cabinmood/car/song", "{}"u8, qos: 1, retain: true);
        service.Link.Start();
        await service.UntilAsync(() => service.Link.Status.State == MqttLinkState.Connected);

        broker.Kill();
        await service.UntilAsync(() => service.Link.Status.State == MqttLinkState.Connecting);
        broker.Dispose();
        using var returned = await PrivateBroker.StartAsync(port: port);
        var since = TimeProvider.System.GetTimestamp();

        await using var watcher = await TestLink.ConnectedAsync(port, "watcher", "cabinmood/#");
        await watcher.MessageAsync(m => m.Topic == "cabinmood/car/song");
        await watcher.MessageAsync(m => m.Topic == Availability && TestLink.Text(m) == "online");
        Assert.InRange(TimeProvider.System.GetElapsedTime(since), TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.Equal(2, service.Link.Status.Connections);
    }

    [Fact]
    public async Task State_published_while_the_broker_is_away_is_dropped_and_counted()
    {
        var broker = await PrivateBroker.StartAsync();
        var port = broker.Port;
        await using var service = await TestLink.ConnectedAsync(port, "service");
        broker.Dispose();
        await service.UntilAsync(() => service.Link.Status.State == MqttLinkState.Connecting);

        Assert.False(service.Link.Publish("cabinmood/car/mood", "old"u8, qos: 1, retain: false));
        Assert.Equal(1, service.Link.Status.DroppedPublications);

        using var returned = await PrivateBroker.StartAsync(port: port);
        await using var watcher = await TestLink.ConnectedAsync(port, "watcher", "cabinmood/#");
        await service.UntilAsync(() => service.Link.Status.State == MqttLinkState.Connected);
        Assert.True(service.Link.Publish("cabinmood/car/mood", "new"u8, qos: 1, retain: false));
        await watcher.MessageAsync(m => m.Topic == "cabinmood/car/mood");
        Assert.Equal(["new"], watcher.Messages.Select(TestLink.Text));
    }

    [Fact]
    public async Task Replies_given_while_the_broker_is_away_arrive_afterwards_in_order()
    {
        var broker = await PrivateBroker.StartAsync();
        var port = broker.Port;
        var time = new ManualTime();
        await using var service = new TestLink(TestLink.OptionsFor(port, "service"), [], time: time);
        service.Link.Start();
        await service.UntilAsync(() => service.Link.Status.State == MqttLinkState.Connected);
        broker.Dispose();
        await service.UntilAsync(() => service.Link.Status.State == MqttLinkState.Connecting);
        for (var i = 0; i < 50; i++)
        {
            service.Link.PublishReply("cabinmood/car/reply", Encoding.UTF8.GetBytes($"{i}"));
        }

        Assert.Equal(50, service.Link.Status.PendingReplies);
        using var returned = await PrivateBroker.StartAsync(port: port);
        await using var watcher = await TestLink.ConnectedAsync(port, "watcher", "cabinmood/#");
        await time.PassAsync(TimeSpan.FromSeconds(1));
        await watcher.MessageAsync(m => TestLink.Text(m) == "49");

        Assert.Equal(Enumerable.Range(0, 50).Select(i => $"{i}"), watcher.Messages.Select(TestLink.Text));
    }

    [Fact]
    public async Task State_overtakes_the_replies_that_wait_and_keeps_its_own_order()
    {
        using var broker = await PrivateBroker.StartAsync();
        await using var watcher = await TestLink.ConnectedAsync(broker.Port, "watcher", "cabinmood/#");
        await using var headUnit = await TestLink.ConnectedAsync(broker.Port, "head-unit");
        using var isBusy = new ManualResetEventSlim();
        using var mayGoOn = new ManualResetEventSlim();
        await using var service = new MqttLink(
            TestLink.OptionsFor(broker.Port, "service"),
            [new MqttSubscription("work", 1)],
            _ =>
            {
                isBusy.Set();
                mayGoOn.Wait(TestLink.Patience);
            },
            availabilityTopic: null,
            TimeProvider.System,
            NullLogger<MqttLink>.Instance);
        var connected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        service.Connected += (_, _) => connected.TrySetResult();
        service.Start();
        await connected.Task.WaitAsync(TestLink.Patience);
        // While the link's thread works on a message nothing is acknowledged, however fast the broker is.
        headUnit.Link.Publish("work", "{}"u8, qos: 1, retain: false);
        Assert.True(isBusy.Wait(TestLink.Patience));

        for (var i = 0; i < 900; i++)
        {
            service.PublishReply("cabinmood/car/reply", Encoding.UTF8.GetBytes($"{i}"));
        }

        service.Publish("cabinmood/car/privacy", "off"u8, qos: 1, retain: true);
        service.Publish("cabinmood/car/mood", "unknown"u8, qos: 1, retain: false);
        mayGoOn.Set();
        await watcher.MessageAsync(m => TestLink.Text(m) == "899");

        var told = watcher.Messages.Select(TestLink.Text).ToList();
        // As many as the broker takes unacknowledged, and none of those that wait for that.
        Assert.InRange(told.IndexOf("off"), 0, 20);
        Assert.Equal(told.IndexOf("off") + 1, told.IndexOf("unknown"));
        Assert.Equal(Enumerable.Range(0, 900).Select(i => $"{i}"), told.Where(text => text is not ("off" or "unknown")));
    }

    [Fact]
    public async Task Replies_given_just_before_the_end_still_arrive_and_before_offline()
    {
        using var broker = await PrivateBroker.StartAsync();
        await using var watcher = await TestLink.ConnectedAsync(broker.Port, "watcher", "cabinmood/#");
        var service = await TestLink.ConnectedAsync(broker.Port, "service", availabilityTopic: Availability);
        for (var i = 0; i < 200; i++)
        {
            service.Link.PublishReply("cabinmood/car/reply", Encoding.UTF8.GetBytes($"{i}"));
        }

        await service.DisposeAsync();

        await watcher.MessageAsync(m => TestLink.Text(m) == "offline");
        Assert.Equal(["online", .. Enumerable.Range(0, 200).Select(i => $"{i}"), "offline"], watcher.Messages.Select(TestLink.Text));
    }

    [Fact]
    public async Task Commands_sent_while_the_service_is_away_are_kept_for_it()
    {
        using var broker = await PrivateBroker.StartAsync();
        var service = await TestLink.ConnectedAsync(broker.Port, "service", "cabinmood/car/set/#");
        await service.DisposeAsync();
        await using var headUnit = await TestLink.ConnectedAsync(broker.Port, "head-unit");
        headUnit.Link.Publish("cabinmood/car/set/erase", "{}"u8, qos: 1, retain: false);

        await using var again = await TestLink.ConnectedAsync(broker.Port, "service", "cabinmood/car/set/#");

        var command = await again.MessageAsync(m => m.Topic == "cabinmood/car/set/erase");
        Assert.False(command.Retained);
    }

    [Fact]
    public async Task Response_topic_and_correlation_data_travel_both_ways()
    {
        using var broker = await PrivateBroker.StartAsync();
        await using var service = await TestLink.ConnectedAsync(broker.Port, "service", "cabinmood/car/set/#");
        await using var headUnit = await TestLink.ConnectedAsync(broker.Port, "head-unit", "head-unit/answers");
        headUnit.Link.Ask("cabinmood/car/set/erase", "{}"u8, "head-unit/answers", "\u0001\u0002"u8);

        var command = await service.MessageAsync(m => m.ResponseTopic is not null);
        service.Link.PublishReply("cabinmood/car/reply", "done"u8, new ReplyAddress(command.ResponseTopic!, command.CorrelationData!.Value));

        var answer = await headUnit.MessageAsync(m => m.Topic == "head-unit/answers");
        Assert.Equal("done", TestLink.Text(answer));
        Assert.Equal([1, 2], answer.CorrelationData!.Value.ToArray());
    }

    [Fact]
    public async Task A_command_published_as_retained_is_seen_as_such_even_live()
    {
        using var broker = await PrivateBroker.StartAsync();
        await using var service = new TestLink(
            TestLink.OptionsFor(broker.Port, "service"),
            [new("cabinmood/car/set/#", 1, RetainAsPublished: true), new("vss/#", 0)]);
        service.Link.Start();
        await service.UntilAsync(() => service.Link.Status.State == MqttLinkState.Connected);
        await using var headUnit = await TestLink.ConnectedAsync(broker.Port, "head-unit");

        headUnit.Link.Publish("cabinmood/car/set/erase", "{}"u8, qos: 1, retain: true);
        headUnit.Link.Publish("vss/Vehicle/Speed", "42"u8, qos: 1, retain: true);

        Assert.True((await service.MessageAsync(m => m.Topic == "cabinmood/car/set/erase")).Retained);
        Assert.False((await service.MessageAsync(m => m.Topic == "vss/Vehicle/Speed")).Retained);
    }

    [Fact]
    public async Task The_message_that_clears_a_retained_command_is_seen_as_such()
    {
        using var broker = await PrivateBroker.StartAsync();
        await using var service = new TestLink(
            TestLink.OptionsFor(broker.Port, "service"), [new("cabinmood/car/set/#", 1, RetainAsPublished: true)]);
        service.Link.Start();
        await service.UntilAsync(() => service.Link.Status.State == MqttLinkState.Connected);
        await using var headUnit = await TestLink.ConnectedAsync(broker.Port, "head-unit");
        headUnit.Link.Publish("cabinmood/car/set/erase", "{}"u8, qos: 1, retain: true);

        headUnit.Link.Publish("cabinmood/car/set/erase", [], qos: 1, retain: true);

        Assert.True((await service.MessageAsync(m => m.Payload.IsEmpty)).Retained);
    }

    [Fact]
    public async Task A_handler_that_throws_costs_one_message_and_not_the_link()
    {
        using var broker = await PrivateBroker.StartAsync();
        var seen = new TaskCompletionSource();
        await using var service = new MqttLink(
            TestLink.OptionsFor(broker.Port, "service"),
            [new MqttSubscription("cabinmood/#", 1)],
            m =>
            {
                if (TestLink.Text(m) == "bad")
                {
                    throw new InvalidOperationException("as planned");
                }

                seen.SetResult();
            },
            availabilityTopic: null,
            TimeProvider.System,
            NullLogger<MqttLink>.Instance);
        service.Start();
        await using var headUnit = await TestLink.ConnectedAsync(broker.Port, "head-unit");
        var connected = new TaskCompletionSource();
        service.Connected += (_, _) => connected.TrySetResult();
        if (service.Status.State != MqttLinkState.Connected)
        {
            await connected.Task.WaitAsync(TestLink.Patience);
        }

        headUnit.Link.Publish("cabinmood/car/set/erase", "bad"u8, 1, false);
        headUnit.Link.Publish("cabinmood/car/set/erase", "good"u8, 1, false);

        await seen.Task.WaitAsync(TestLink.Patience);
        Assert.Equal(1, service.Status.FailedMessages);
        Assert.Equal(1, service.Status.Connections);
    }

    [Fact]
    public async Task A_service_that_dies_without_a_word_is_declared_offline_by_the_broker()
    {
        using var broker = await PrivateBroker.StartAsync();
        await using var watcher = await TestLink.ConnectedAsync(broker.Port, "watcher", Availability);
        var connection = new MosquittoConnection("service");
        connection.SetWill(Availability, "offline"u8);
        connection.Connect("127.0.0.1", broker.Port, 10, 300);
        while (connection.ConnectReason is null)
        {
            Assert.Equal(0, connection.Turn(TestLink.Patience));
        }

        // Closes the socket without a goodbye, as the kernel does for a killed process.
        connection.Dispose();

        var seen = await watcher.MessageAsync(m => m.Topic == Availability);
        Assert.Equal("offline", TestLink.Text(seen));
    }

    [Fact]
    public async Task A_broker_that_takes_connections_and_says_nothing_is_given_up()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var service = new TestLink(TestLink.OptionsFor(((IPEndPoint)silent.LocalEndpoint).Port, "service"), []);

        service.Link.Start();

        await service.UntilAsync(() => service.Link.Status.Reason == "it takes connections but does not answer");
        Assert.Equal(MqttLinkState.Connecting, service.Link.Status.State);
    }

    [Fact]
    public async Task A_host_that_does_not_exist_is_named_as_such()
    {
        var options = TestLink.OptionsFor(1883, "service");
        options.Host = "broker.invalid";
        await using var service = new TestLink(options, []);

        service.Link.Start();

        await service.UntilAsync(() => service.Link.Status.Reason?.Contains("not answered yet", StringComparison.Ordinal) == false);
        Assert.Equal(MqttLinkState.Connecting, service.Link.Status.State);
    }

    [Fact]
    public async Task Who_is_told_to_try_now_and_is_connected_waits_as_ever_when_the_broker_goes()
    {
        using var broker = await PrivateBroker.StartAsync();
        var time = new ManualTime();
        await using var service = new TestLink(TestLink.OptionsFor(broker.Port, "service"), [], time: time);
        service.Link.Start();
        await service.UntilAsync(() => service.Link.Status.State == MqttLinkState.Connected);

        service.Link.TryNow();
        broker.Kill();

        await time.PassAsync(TimeSpan.FromSeconds(1));
        await service.UntilAsync(() => service.Link.Status.Reason?.Contains("efused", StringComparison.Ordinal) == true);
        await time.PassAsync(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Without_a_broker_the_link_waits_one_two_four_and_four_seconds()
    {
        var port = 0;
        using (var broker = await PrivateBroker.StartAsync())
        {
            port = broker.Port;
        }

        var time = new ManualTime();
        await using var service = new TestLink(TestLink.OptionsFor(port, "service"), [], time: time);
        service.Link.Start();

        foreach (var seconds in new[] { 1, 2, 4 })
        {
            await time.PassAsync(TimeSpan.FromSeconds(seconds));
        }

        Assert.Equal(MqttLinkState.Connecting, service.Link.Status.State);
        Assert.Contains("refused", service.Link.Status.Reason, StringComparison.OrdinalIgnoreCase);
    }
}
