using CabinMood.Service.Tests.Support;

namespace CabinMood.Service.Tests.EndToEnd;

/// <summary>The integrator's commands on the state folder of a service at work.</summary>
public sealed class OtherCommandsTests
{
    [Fact]
    public async Task What_was_answered_with_ok_outlives_a_kill_also_after_other_commands_read_the_database()
    {
        await using var service = await RunningService.StartAsync();
        await service.ConsentAsync();
        var trip = await service.TripAsync();

        foreach (string[] command in new[] { new[] { "doctor", "--config", service.ConfigFile }, ["catalog", "stats", "--config", service.ConfigFile] })
        {
            var (exitCode, _, error) = await CabinmoodProcess.RunAsync(service.StateFolder, command);
            Assert.Equal((0, ""), (exitCode, error));
            Assert.DoesNotContain(service.OpenFiles(), file => file.EndsWith("(deleted)", StringComparison.Ordinal) && file.Contains("cabinmood.db", StringComparison.Ordinal));
        }

        service.Bystander.Command("consent", """{"id":"no","granted":false}""");
        Assert.Equal("ok", (await service.Bystander.ReplyAsync("no")).GetProperty("status").GetString());
        service.Kill();
        await service.Bystander.TextAsync("availability", "offline");
        service.Bystander.Forget();
        service.Restart();

        var privacy = await service.Bystander.JsonAsync("privacy", _ => true);
        Assert.Equal(trip, privacy.GetProperty("trip").GetString());
        Assert.Equal("withdrawn", privacy.GetProperty("consent").GetString());
    }
}
