namespace CabinMood.Messaging.Tests;

public sealed class RivalTests
{
    private static readonly MqttSessionEnd Silent = new("it closed the connection", IsTakenOver: true);

    [Fact]
    public async Task Two_services_with_one_id_find_out_and_step_back()
    {
        using var broker = await PrivateBroker.StartAsync();
        await using var first = await TestLink.ConnectedAsync(broker.Port, "same");
        await using var second = await TestLink.ConnectedAsync(broker.Port, "same");

        await first.UntilAsync(() => first.Link.Status.State == MqttLinkState.Refused);
        Assert.Equal("another client with the id same takes our place; stop the other one, or give each its own Mqtt:ClientId; where the broker makes user names client ids, set Mqtt:UrgentConnection to false", first.Link.Status.Reason);
        await second.UntilAsync(() => second.Link.Status.State is MqttLinkState.Connected or MqttLinkState.Refused);
        Assert.InRange(first.Link.Status.Connections, 1, 4);
    }

    [Fact]
    public async Task A_broker_that_is_restarted_again_and_again_is_no_rival_although_it_is_back_at_every_attempt()
    {
        var broker = await PrivateBroker.StartAsync();
        try
        {
            var time = new ManualTime();
            await using var service = new TestLink(TestLink.OptionsFor(broker.Port, "service"), [], time: time);
            service.Link.Start();
            await service.UntilAsync(() => service.Link.Status.State == MqttLinkState.Connected);
            foreach (var pause in new[] { 1, 2, 4, 4 })
            {
                broker.Kill();
                await service.UntilAsync(() => service.Link.Status.State != MqttLinkState.Connected);
                Assert.Equal("it closed the connection", service.Link.Status.Reason);
                var port = broker.Port;
                broker.Dispose();
                broker = await PrivateBroker.StartAsync(port: port);

                await time.PassAsync(TimeSpan.FromSeconds(pause));

                await service.UntilAsync(() => service.Link.Status.State == MqttLinkState.Connected);
            }
        }
        finally
        {
            broker.Dispose();
        }
    }

    [Fact]
    public void Two_silent_ends_are_a_coincidence_and_the_third_is_a_rival()
    {
        var rivals = new RivalWatch("same");

        Assert.Equal([false, false, true], Enumerable.Range(0, 3).Select(_ => rivals.Judge(Silent, TimeSpan.FromSeconds(1)).IsRefusal));
    }

    [Fact]
    public void A_broker_that_says_it_is_believed_at_once() =>
        Assert.Contains("same", new RivalWatch("same").Judge(new("Session taken over", true, true), TimeSpan.FromHours(1)).Reason, StringComparison.Ordinal);

    [Fact]
    public void A_broker_that_restarts_or_a_line_that_breaks_is_no_rival()
    {
        var rivals = new RivalWatch("same");
        for (var i = 0; i < 10; i++)
        {
            Assert.False(rivals.Judge(Silent, TimeSpan.FromSeconds(1)).IsRefusal);
            Assert.False(rivals.Judge(Silent, TimeSpan.FromSeconds(1)).IsRefusal);
            // While it restarts it cannot be reached.
            rivals.Reset();
        }

        for (var i = 0; i < 10; i++)
        {
            Assert.False(rivals.Judge(Silent, TimeSpan.FromMinutes(2)).IsRefusal);
            Assert.False(rivals.Judge(new("keep alive exceeded"), TimeSpan.FromSeconds(1)).IsRefusal);
        }
    }
}
