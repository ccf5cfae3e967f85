using System.Diagnostics;
using System.Globalization;
using CabinMood.Service.Tests.Support;

namespace CabinMood.Messaging.Tests;

/// <summary>What the log tells of a broker that goes and comes.</summary>
public sealed class MqttLinkLogTests
{
    private readonly LogLines<MqttLink> _log = new();

    [Fact]
    public async Task A_broker_that_freezes_and_thaws_is_told_in_plain_words_and_with_what_waited()
    {
        using var broker = await PrivateBroker.StartAsync();
        var options = TestLink.OptionsFor(broker.Port, "service");
        options.KeepAliveSeconds = 5;
        await using var service = new TestLink(options, [], logger: _log);
        service.Link.Start();
        await service.UntilAsync(() => service.Link.Status.State == MqttLinkState.Connected);

        await SignalAsync(broker, "STOP");
        await service.UntilAsync(() => service.Link.Status.State == MqttLinkState.Connecting);
        Assert.Equal("it did not answer for 5 s", service.Link.Status.Loss);
        for (var i = 0; i < 3; i++)
        {
            service.Link.PublishReply("cabinmood/car/reply", "{}"u8);
        }

        service.Link.Publish("cabinmood/car/mood", "{}"u8, qos: 1, retain: false);
        await SignalAsync(broker, "CONT");
        await service.UntilAsync(() => service.Link.Status.State == MqttLinkState.Connected);

        Assert.Contains(_log.All, line => line.EndsWith("is lost: it did not answer for 5 s. Trying again every few seconds.", StringComparison.Ordinal));
        Assert.Matches("^Connected again to the MQTT broker at .* after [0-9]+ s: 3 replies waited for it, 1 other messages were not kept.$", _log.All[^1]);
    }

    [Fact]
    public async Task A_broker_that_dies_is_told_as_lost_and_then_as_not_to_be_reached()
    {
        var broker = await PrivateBroker.StartAsync();
        await using var service = new TestLink(TestLink.OptionsFor(broker.Port, "service"), [], logger: _log);
        service.Link.Start();
        await service.UntilAsync(() => service.Link.Status.State == MqttLinkState.Connected);

        broker.Dispose();
        await service.UntilAsync(() => service.Link.Status.Reason?.Contains("efused", StringComparison.Ordinal) == true);

        Assert.Equal(3, _log.All.Count);
        Assert.EndsWith("is lost: it closed the connection. Trying again every few seconds.", _log.All[1], StringComparison.Ordinal);
        Assert.Contains("cannot be reached: ", _log.All[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_never_was_connected_does_not_say_that_it_disconnected()
    {
        var port = 0;
        using (var broker = await PrivateBroker.StartAsync())
        {
            port = broker.Port;
        }

        var service = new TestLink(TestLink.OptionsFor(port, "service"), [], logger: _log);
        service.Link.Start();
        await service.UntilAsync(() => service.Link.Status.Reason?.Contains("efused", StringComparison.Ordinal) == true);
        await service.DisposeAsync();

        Assert.DoesNotContain(_log.All, line => line.Contains("isconnected", StringComparison.Ordinal));
        Assert.Contains("is not tried any more; it was not there at the end: ", _log.All[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_was_connected_at_the_end_says_that_it_disconnected()
    {
        using var broker = await PrivateBroker.StartAsync();
        var service = new TestLink(TestLink.OptionsFor(broker.Port, "service"), [], logger: _log);
        service.Link.Start();
        await service.UntilAsync(() => service.Link.Status.State == MqttLinkState.Connected);
        await service.DisposeAsync();

        Assert.Equal("Disconnected from the MQTT broker.", _log.All[^1]);
    }

    [Fact]
    public async Task Who_stops_while_the_broker_is_frozen_says_that_offline_was_not_confirmed()
    {
        using var broker = await PrivateBroker.StartAsync();
        var service = new TestLink(TestLink.OptionsFor(broker.Port, "service"), [], "cabinmood/car/availability", logger: _log);
        service.Link.Start();
        await service.UntilAsync(() => service.Link.Status.State == MqttLinkState.Connected);
        await SignalAsync(broker, "STOP");

        await service.DisposeAsync();

        Assert.DoesNotContain(_log.All, line => line.StartsWith("Disconnected", StringComparison.Ordinal));
        Assert.EndsWith("has not confirmed that we are offline: it did not answer for 2 s. Once it finds us gone, it tells that itself.", _log.All[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broker_that_was_frozen_at_the_end_declares_the_service_offline_when_it_thaws()
    {
        using var broker = await PrivateBroker.StartAsync();
        await using var watcher = await TestLink.ConnectedAsync(broker.Port, "watcher", "cabinmood/car/availability");
        var service = await TestLink.ConnectedAsync(broker.Port, "service", availabilityTopic: "cabinmood/car/availability");
        await watcher.MessageAsync(m => TestLink.Text(m) == "online");
        await SignalAsync(broker, "STOP");
        await service.DisposeAsync();

        await SignalAsync(broker, "CONT");

        await watcher.MessageAsync(m => TestLink.Text(m) == "offline");
        Assert.Equal(MqttLinkState.Connected, watcher.Link.Status.State);
    }

    [Fact]
    public async Task Each_topic_that_we_may_not_publish_on_is_named_once_a_connection()
    {
        using var folder = new TemporaryFolder();
        using var broker = await PrivateBroker.StartAsync(["allow_anonymous true", $"acl_file {folder.Write("list.acl", "topic write cabinmood/car/limiter\n")}"]);
        await using var service = new TestLink(TestLink.OptionsFor(broker.Port, "service"), [], "cabinmood/car/availability", logger: _log);
        service.Link.Start();
        await service.UntilAsync(() => service.Link.Status.State == MqttLinkState.Connected);

        foreach (var topic in new[] { "mood", "limiter", "song", "mood" })
        {
            service.Link.Publish($"cabinmood/car/{topic}", "{}"u8, qos: 1, retain: false);
        }

        service.Link.PublishReply("cabinmood/car/reply", "{}"u8, new ReplyAddress("elsewhere", ReadOnlyMemory<byte>.Empty));
        await RejectedAsync(service, 5);

        Assert.Equal(
            [.. new[] { "availability", "mood", "song", "reply" }.Select(topic => $"The MQTT broker does not let us publish on cabinmood/car/{topic}: Not authorized. Check its access control list.")],
            _log.All.Where(line => line.Contains("publish", StringComparison.Ordinal)));
    }

    private static async Task RejectedAsync(TestLink service, int count)
    {
        using var limit = new CancellationTokenSource(TestLink.Patience);
        while (service.Link.Status.RejectedPublications < count || service.Link.Status.PendingReplies > 0)
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static async Task SignalAsync(PrivateBroker broker, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", broker.Process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }
}
