using System.Globalization;
using Xunit.Abstractions;

namespace CabinMood.Service.Tests.EndToEnd;

/// <summary>What a flood of commands costs the pipeline and the memory.</summary>
public sealed class FloodTests(ITestOutputHelper output)
{
    private const int PerSecond = 1000;

    [LongFact]
    public async Task A_thousand_good_or_bad_commands_a_second_leave_the_pipelines_rate_and_the_memory_as_they_are()
    {
        await using var service = await RunningService.StartAsync();
        await service.ConsentAsync();
        await using var attacker = await Bystander.JoinAsync(service.Broker.Port, "attacker", "nothing");

        var quiet = await MeasureAsync(service, null, null);
        var good = await MeasureAsync(service, attacker, id => $$"""{"id":"good-{{id}}","style":"calm"}""");
        var bad = await MeasureAsync(service, attacker, id => $$"""{"id":"bad-{{id}}","style":[{{new string('[', 3000)}}""");
        var again = await MeasureAsync(service, attacker, id => $$"""{"id":"more-{{id}}","style":"lift"}""");

        foreach (var flood in new[] { good, bad, again })
        {
            Assert.InRange(flood.Hz, quiet.Hz * 0.9, quiet.Hz * 1.1);
            Assert.True(flood.Sent > PerSecond * 20, $"only {flood.Sent} commands were sent");
        }

        // The first flood fills what is kept for a thousand commands; from then on nothing grows.
        Assert.InRange(again.RssMb, 0, good.RssMb * 1.1);
    }

    // Three health messages' time: the first may cover the time before. The best of them: what else this machine does
    // takes from the rate, never adds to it.
    private async Task<(double Hz, double RssMb, int Sent)> MeasureAsync(RunningService service, Bystander? attacker, Func<int, string>? command)
    {
        using var end = new CancellationTokenSource();
        var flood = attacker is null ? Task.FromResult(0) : FloodAsync(attacker, command!, end.Token);
        service.Bystander.Forget();
        var (since, busy) = (TimeProvider.System.GetTimestamp(), service.Process.Process.TotalProcessorTime);
        await service.Bystander.UntilAsync(() => service.Bystander.On("health").Count == 4);
        service.Process.Process.Refresh();
        var load = (service.Process.Process.TotalProcessorTime - busy) / TimeProvider.System.GetElapsedTime(since);
        await end.CancelAsync();
        var sent = await flood;
        var reports = service.Bystander.On("health").Skip(1).Select(Bystander.Json).ToArray();
        var hz = reports.Max(health => health.GetProperty("analysisHz").GetDouble());
        var rss = reports.Max(health => health.GetProperty("rssMb").GetDouble());
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sent} commands: {hz:F2} Hz, {rss:F1} MB, {load:P0} of a core"));
        return (hz, rss, sent);
    }

    private static async Task<int> FloodAsync(Bystander attacker, Func<int, string> command, CancellationToken cancellation)
    {
        var start = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        var sent = 0;
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation))
            {
                // By the clock, not by ticks: a busy machine loses some of those.
                for (var due = TimeProvider.System.GetElapsedTime(start).TotalSeconds * PerSecond; sent < due; sent++)
                {
                    attacker.Command("style", command(sent));
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
