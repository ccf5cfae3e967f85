using System.Globalization;
using CabinMood.Core.Conductor;
using CabinMood.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace CabinMood.Service.Tests.EndToEnd;

/// <summary>Commands that come again after the service was killed, over a real broker, from a real disk.</summary>
public sealed class RepeatedCommandTests
{
    private const int Burst = 40;

    // A busy machine may take its time to start the service again; the trip goes on all the same.
    private const string Patient = $$"""{{RunningService.WithoutNets}}, "Commands": { "PerSecond": 1000 }, "Trips": { "ResumeSeconds": 60 }""";

    [Fact]
    public async Task A_button_that_was_obeyed_brings_no_other_song_after_a_kill_and_its_answer_comes_again()
    {
        await using var service = await RunningService.StartAsync(Patient);
        var trip = await service.TripAsync();
        service.Bystander.Command("override", Next("once", trip));
        Assert.Equal("ok", await AnswerAsync(service, "once"));

        await KillAndRestartAsync(service);
        service.Bystander.Command("override", Next("once", trip));
        Assert.Equal("ok", await AnswerAsync(service, "once"));
        service.Bystander.Command("override", Next("another", trip));

        // The first song of this run, then the one of the other button.
        await service.Bystander.UntilAsync(() => SongNumbers(service).Contains(2));
        Assert.Equal("ok", await AnswerAsync(service, "another"));
        Assert.Equal(2, SongNumbers(service).Max());
    }

    [Fact]
    public async Task A_like_that_comes_again_after_a_kill_teaches_once_and_another_command_under_its_id_is_refused()
    {
        await using var service = await RunningService.StartAsync(Patient);
        var choice = (await service.SongAsync()).GetProperty("choiceId").GetString();
        var like = $$"""{"id":"like","source":"touch","kind":"like","choiceId":"{{choice}}"}""";
        service.Bystander.Command("feedback", like);
        Assert.Equal("ok", await AnswerAsync(service, "like"));

        await KillAndRestartAsync(service);
        service.Bystander.Command("feedback", like);
        Assert.Equal("ok", await AnswerAsync(service, "like"));
        service.Bystander.Forget();
        service.Bystander.Command("style", """{"id":"like","style":"calm"}""");
        Assert.Equal("error", await AnswerAsync(service, "like"));

        await service.TerminateAsync();
        using var store = Open(service);
        Assert.Equal(1, store.LoadMemory().Preferences.Reactions);
    }

    [Fact]
    public async Task However_a_kill_cuts_off_a_burst_every_button_acts_once()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        await using var service = await RunningService.StartAsync(Patient);
        var trip = await service.TripAsync();
        await service.SongAsync();
        var first = 1;
        for (var round = 0; round < 3; round++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"seed {seed}, round {round}");
            var ids = Enumerable.Range(0, Burst).Select(i => string.Create(CultureInfo.InvariantCulture, $"{round}-{i}")).ToList();
            ids.ForEach(id => service.Bystander.Command("override", Next(id, trip)));
            var answers = random.Next(Burst);
            await service.Bystander.UntilAsync(() => Answered(service).Count(ids.Contains) >= answers);
            service.Kill();
            await service.Bystander.TextAsync("availability", "offline");

            var known = Known(service, ids);
            Assert.True(Answered(service).Where(ids.Contains).ToHashSet().IsSubsetOf(known), name);
            // No song was heard whose button would act again.
            Assert.True(SongNumbers(service).Max() - first <= known.Count, name);

            service.Bystander.Forget();
            service.Restart();
            ids.ForEach(id => service.Bystander.Command("override", Next(id, trip)));
            await service.Bystander.UntilAsync(() => ids.TrueForAll(Answered(service).Contains));
            Assert.Equal(ids.ToHashSet(), Known(service, ids));
            service.Bystander.Command("override", Next($"last of {round}", trip));
            first = 1 + (Burst - known.Count) + 1;
            await service.Bystander.UntilAsync(() => SongNumbers(service).Contains(first));
            Assert.Equal("ok", await AnswerAsync(service, $"last of {round}"));
            Assert.True(SongNumbers(service).Max() == first, name);
        }
    }

    private static string Next(string id, string trip) => $$"""{"id":"{{id}}","source":"wheel","trip":"{{trip}}","action":"next"}""";

    private static DriverStore Open(RunningService service) => DriverStore.Open(service.StateFolder, NullLogger<DriverStore>.Instance);

    // Those of the ids that are on disk as obeyed.
    private static HashSet<string> Known(RunningService service, IEnumerable<string> ids)
    {
        using var store = Open(service);
        var digests = store.LoadCommands().Select(command => command.Id).ToHashSet();
        return [.. ids.Where(id => digests.Contains(CommandDigest.OfId(id)))];
    }

    private static async Task KillAndRestartAsync(RunningService service)
    {
        service.Kill();
        // The broker tells the death after all that the service had said before it.
        await service.Bystander.TextAsync("availability", "offline");
        service.Bystander.Forget();
        service.Restart();
        await service.Bystander.TextAsync("availability", "online");
    }

    private static async Task<string?> AnswerAsync(RunningService service, string id) =>
        (await service.Bystander.ReplyAsync(id)).GetProperty("status").GetString();

    private static HashSet<string> Answered(RunningService service) => [.. service.Bystander.On("reply").Select(Bystander.Json)
        .Where(reply => reply.GetProperty("status").GetString() == "ok").Select(reply => reply.GetProperty("id").GetString()!)];

    // The choices of a run are numbered.
    private static List<int> SongNumbers(RunningService service) => [.. service.Bystander.On("song").Select(Bystander.Json)
        .Select(song => int.Parse(song.GetProperty("choiceId").GetString()!.Split('-')[1], CultureInfo.InvariantCulture))];
}
