using System.Globalization;
using CabinMood.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit.Abstractions;

namespace CabinMood.Service.Tests.EndToEnd;

/// <summary>The service is killed while feedback pours in; whatever it has said ok to must be in its database.</summary>
public sealed class AcknowledgedFeedbackTests(ITestOutputHelper output)
{
    // More than any kill waits for, so that others are always under way.
    private const int Burst = 60;

    private static int Wanted => Environment.GetEnvironmentVariable("CABINMOOD_TEST_ALL") == "1" ? 1000 : 60;

    [Fact]
    public async Task Feedback_that_was_answered_with_ok_outlives_any_kill()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        await using var service = await RunningService.StartAsync($$"""{{RunningService.WithoutNets}}, "Commands": { "PerSecond": 1000 }""");
        var acknowledged = new HashSet<string>();
        var kills = 0;
        while (acknowledged.Count < Wanted)
        {
            var choice = (await service.SongAsync()).GetProperty("choiceId").GetString();
            for (var i = 0; i < Burst; i++)
            {
                service.Bystander.Command("feedback", $$"""{"id":"{{kills}}-{{i}}","source":"touch","kind":"like","choiceId":"{{choice}}"}""");
            }

            var answers = random.Next(Burst);
            await service.Bystander.UntilAsync(() => service.Bystander.On("reply").Count >= answers);
            service.Kill();
            kills++;

            // The broker tells the death after all that the service had said before it.
            await service.Bystander.TextAsync("availability", "offline");
            acknowledged.UnionWith(service.Bystander.On("reply").Select(Bystander.Json)
                .Where(reply => reply.GetProperty("status").GetString() == "ok")
                .Select(reply => reply.GetProperty("id").GetString()!));
            using (var store = DriverStore.Open(service.StateFolder, NullLogger<DriverStore>.Instance))
            {
                var lost = acknowledged.Except(store.LoadFeedback().Select(row => row.CommandId)).ToList();
                Assert.True(lost.Count == 0, $"seed {seed}, kill {kills}: lost {string.Join(", ", lost)}");
                Assert.Equal(acknowledged.Count > 0, store.LoadMemory().Preferences.Reactions > 0);
            }

            service.Bystander.Forget();
            service.Restart();
        }

        await service.SongAsync();
        Assert.Empty(Directory.GetFiles(service.StateFolder, "*.corrupt-*"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {seed}: {acknowledged.Count} acknowledged feedbacks, {kills} kills, none lost"));
    }
}
