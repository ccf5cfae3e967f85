using System.Text.Json;
using CabinMood.Service.Tests.Support;

namespace CabinMood.Service.Tests.EndToEnd;

/// <summary>Where the running service takes its songs from, and what a driver's word about one of them does.</summary>
public sealed class SongTests
{
    [Fact]
    public async Task The_next_start_plays_what_was_imported()
    {
        await using var service = await RunningService.StartAsync(RunningService.WithoutNets);
        var csv = Path.Combine(service.StateFolder, "songs.csv");
        await File.WriteAllTextAsync(csv, "name,album,artist,id,popularity,length,energy,valence,loudness,tempo,mood\nКатюша,,Хор,own-1,50,200000,0.3,0.4,-9,100,Calm\n");

        Assert.Equal(0, (await CabinmoodProcess.RunAsync(service.StateFolder, "catalog", "import", csv, "--config", service.ConfigFile)).ExitCode);
        await service.TerminateAsync();
        service.Bystander.Forget();
        service.Restart();

        var song = (await service.SongAsync()).GetProperty("song");
        Assert.Equal(("own-1", "Катюша", "cabinmood:track:own-1"), (Text(song, "id"), Text(song, "name"), Text(song, "uri")));
    }

    [Fact]
    public async Task A_corrupt_database_is_set_aside_and_the_service_goes_on()
    {
        await using var service = await RunningService.StartAsync(RunningService.WithoutNets);
        service.Kill();
        foreach (var file in Directory.GetFiles(service.StateFolder, "cabinmood.db*"))
        {
            File.Delete(file);
        }

        await File.WriteAllTextAsync(Path.Combine(service.StateFolder, "cabinmood.db"), new string('?', 10_000));
        await service.Bystander.TextAsync("availability", "offline");
        service.Bystander.Forget();
        service.Restart();

        await FeedbackAsync(service, "like-it", "like");
        Assert.Contains("is not usable", service.Process.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(service.StateFolder, "cabinmood.db.corrupt-1")));
    }

    [SharedFact("data/songs/data_moods.csv")]
    public async Task A_skip_in_a_public_list_brings_another_of_its_songs_at_once()
    {
        var file = Repository.Shared("data/songs/data_moods.csv");
        var ids = File.ReadLines(file).Skip(1).SelectMany(line => line.Split(',')).ToHashSet();
        await using var service = await RunningService.StartAsync(
            $$"""{{RunningService.WithoutNets}}, "Songs": { "Catalogue": {{JsonSerializer.Serialize(file)}}, "UriTemplate": "spotify:track:{id}" }""");
        var first = await service.SongAsync();

        await FeedbackAsync(service, "skip-it", "skip");
        var second = await service.Bystander.JsonAsync("song", song => Text(song, "choiceId") != Text(first, "choiceId"));

        Assert.All([first, second], choice => Assert.Contains(Text(choice.GetProperty("song"), "id"), ids));
        Assert.All([first, second], choice => Assert.StartsWith("spotify:track:", Text(choice.GetProperty("song"), "uri"), StringComparison.Ordinal));
        Assert.NotEqual(Text(first.GetProperty("song"), "id"), Text(second.GetProperty("song"), "id"));
        Assert.Equal("You skipped the last one.", Text(second.GetProperty("why"), "text"));
        await FeedbackAsync(service, "like-it", "like");
    }

    // A word about the choice that was published last, and its answer.
    private static async Task FeedbackAsync(RunningService service, string id, string kind)
    {
        await service.SongAsync();
        var choice = Text(Bystander.Json(service.Bystander.On("song")[^1]), "choiceId");
        service.Bystander.Command("feedback", $$"""{"id":"{{id}}","source":"wheel","kind":"{{kind}}","choiceId":"{{choice}}"}""");
        Assert.Equal("ok", Text(await service.Bystander.ReplyAsync(id), "status"));
    }

    private static string Text(JsonElement json, string member) => json.GetProperty(member).GetString()!;
}
