using System.Diagnostics;
using System.Globalization;
using CabinMood.Service.Tests.Support;
using Xunit.Abstractions;

namespace CabinMood.Service.Tests.EndToEnd;

/// <summary>The driver's no has a connection to the broker of its own.</summary>
public sealed class UrgentConnectionTests(ITestOutputHelper output)
{
    [Fact]
    public async Task When_the_broker_drops_commands_of_a_flood_a_no_is_not_among_them_and_is_answered_once()
    {
        await using var service = await RunningService.StartAsync(broker: ["max_queued_messages 10"]);
        await service.ConsentAsync();
        service.Bystander.Forget();

        await SignalAsync(service, "STOP");
        for (var i = 0; i < 100; i++)
        {
            service.Bystander.Command("style", $$"""{"id":"flood-{{i}}","style":"calm"}""");
        }

        service.Bystander.Command("camera", """{"id":"no","on":false}""");
        // It hears itself: by then the broker has dealt with all of it.
        await service.Bystander.UntilAsync(() => service.Bystander.On("set/camera").Count == 1);
        await SignalAsync(service, "CONT");

        await service.Bystander.JsonAsync("privacy", privacy => privacy.GetProperty("camera").GetString() == "off");
        await service.Bystander.ReplyAsync("no");
        service.Bystander.Command("camera", """{"id":"again","on":false}""");
        await service.Bystander.ReplyAsync("again");
        var answered = service.Bystander.On("reply").Select(Bystander.Json).Select(reply => reply.GetProperty("id").GetString()).ToArray();
        Assert.Single(answered, "no");
        Assert.Single(answered, "again");
        // Otherwise nothing was dropped, and this test has shown nothing.
        Assert.InRange(answered.Length, 2, 99);
    }

    [Fact]
    public async Task Without_it_a_no_is_obeyed_and_told_all_the_same()
    {
        await using var service = await RunningService.StartAsync(mqtt: "\"UrgentConnection\": false");
        await service.ConsentAsync();

        service.Bystander.Command("consent", """{"id":"no","granted":false}""");

        await service.Bystander.JsonAsync("privacy", privacy => privacy.GetProperty("camera").GetString() == "off" && privacy.GetProperty("consent").GetString() == "withdrawn");
        Assert.Equal("ok", (await service.Bystander.ReplyAsync("no")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Where_the_broker_does_not_let_it_tell_privacy_the_first_connection_does()
    {
        using var folder = new TemporaryFolder();
        // Rights that hang on the client id, as a fleet's broker may have them.
        var list = folder.Write("acl", "topic read #\ntopic write cabinmood/car/set/#\npattern write cabinmood/%c/#\n");
        await using var service = await RunningService.StartAsync(mqtt: "\"ClientId\": \"car\"", broker: [$"acl_file {list}"]);

        await service.ConsentAsync();

        await service.Bystander.JsonAsync("privacy", privacy => privacy.GetProperty("camera").GetString() == "on");
        service.Bystander.Command("consent", """{"id":"no","granted":false}""");
        await service.Bystander.JsonAsync("privacy", privacy => privacy.GetProperty("camera").GetString() == "off" && privacy.GetProperty("consent").GetString() == "withdrawn");
    }

    [Fact]
    public async Task Where_the_broker_takes_both_for_one_client_the_second_gives_way_and_health_says_so()
    {
        await using var service = await RunningService.StartAsync(mqtt: "\"Username\": \"cabinmood\"", broker: ["use_username_as_clientid true"]);

        await service.Bystander.JsonAsync("health", health => health.GetProperty("reasons").EnumerateArray().Any(reason => reason.GetString()!.Contains("set Mqtt:UrgentConnection to false", StringComparison.Ordinal)));
        await service.Bystander.UntilAsync(() => service.Bystander.On("availability") is [.., var last] && last.Payload.Span.SequenceEqual("online"u8));
        var thrownOut = service.Bystander.On("availability").Count;
        await service.ConsentAsync();
        service.Bystander.Command("consent", """{"id":"no","granted":false}""");
        await service.Bystander.JsonAsync("privacy", privacy => privacy.GetProperty("camera").GetString() == "off" && privacy.GetProperty("consent").GetString() == "withdrawn");
        Assert.Equal(thrownOut, service.Bystander.On("availability").Count);
    }

    [LongFact]
    public async Task While_four_clients_send_a_thousand_commands_a_second_and_a_hundred_hear_everything_a_no_is_told_within_a_second_in_the_median()
    {
        await using var service = await RunningService.StartAsync();
        await service.ConsentAsync();
        await using var watch = await Bystander.JoinAsync(service.Broker.Port, "watch", "cabinmood/car/privacy");
        await using var listeners = await Listeners.JoinAsync(service.Broker.Port, 100);
        var attackers = new List<Bystander>();
        for (var i = 0; i < 4; i++)
        {
            attackers.Add(await Bystander.JoinAsync(service.Broker.Port, $"attacker-{i}", "nothing"));
        }

        var trip = (await watch.JsonAsync("privacy", privacy => privacy.GetProperty("camera").GetString() == "on")).GetProperty("trip").GetString();
        var took = new List<double>();
        for (var round = 0; round < 3; round++)
        {
            using var end = new CancellationTokenSource();
            var flood = FloodAsync(attackers, round, end.Token);
            // The longer it lasts, the longer grows what waits in the broker.
            using var wait = new PeriodicTimer(TimeSpan.FromSeconds(8));
            await wait.WaitForNextTickAsync();
            watch.Forget();
            var asked = TimeProvider.System.GetTimestamp();
            watch.Command("camera", $$"""{"id":"no-{{round}}","on":false}""");
            await watch.JsonAsync("privacy", privacy => privacy.GetProperty("camera").GetString() == "off");
            took.Add(TimeProvider.System.GetElapsedTime(asked).TotalMilliseconds);
            await end.CancelAsync();
            var sent = await flood;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"told after {took[^1]:F0} ms, {sent} commands sent"));
            // Refused as long as nobody can tell whether it was said before the no: with a new id until it is not.
            for (var attempt = 0; attempt < 40 && watch.On("privacy").Select(Bystander.Json).Last().GetProperty("camera").GetString() == "off"; attempt++)
            {
                watch.Command("camera", $$"""{"id":"yes-{{round}}-{{attempt}}","on":true,"trip":"{{trip}}"}""");
                await wait.WaitForNextTickAsync();
            }
        }

        took.Sort();
        Assert.InRange(took[1], 0, 1000);
    }

    private static async Task SignalAsync(RunningService service, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{service.Process.Process.Id}"]);
        await kill.WaitForExitAsync();
    }

    private static async Task<int> FloodAsync(List<Bystander> attackers, int round, CancellationToken cancellation)
    {
        var start = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        var sent = 0;
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation))
            {
                for (var due = TimeProvider.System.GetElapsedTime(start).TotalSeconds * 1000; sent < due; sent++)
                {
                    attackers[sent % attackers.Count].Command("style", $$"""{"id":"flood-{{round}}-{{sent}}","style":"calm"}""");
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Enough.
        }

        return sent;
    }
}
