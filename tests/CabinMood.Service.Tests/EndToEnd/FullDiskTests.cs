using CabinMood.Messaging;
using CabinMood.Service.Tests.Support;

namespace CabinMood.Service.Tests.EndToEnd;

public sealed class FullDiskTests
{
    [NeedsMountFact]
    public async Task A_full_disk_is_told_in_health_and_forgotten_once_there_is_room_again()
    {
        using var folder = new TemporaryFolder();
        using var disk = SmallDisk.TryMount(folder.File("state"), megabytes: 24)!;
        using var broker = await PrivateBroker.StartAsync();
        await using var bystander = await Bystander.JoinAsync(broker.Port);
        var config = folder.Write("config.json", $$"""{ "Mqtt": { "Host": "127.0.0.1", "Port": {{broker.Port}} } }""");
        using var service = CabinmoodProcess.Start(disk.Path, "run", "--config", config);
        await bystander.TextAsync("availability", "online");
        Assert.Equal("ok", await TasteAsync(bystander, "before"));

        disk.Fill();
        Assert.Equal("error", await TasteAsync(bystander, "full"));
        await bystander.JsonAsync("health", health => health.GetProperty("state").GetString() == "degraded"
            && Reasons(health).Any(reason => reason.StartsWith("storage: ", StringComparison.Ordinal))
            && Reasons(health).Any(reason => reason.StartsWith("disk: ", StringComparison.Ordinal)));

        disk.Empty();
        Assert.Equal("ok", await TasteAsync(bystander, "after"));
        bystander.Forget();
        await bystander.JsonAsync("health", health => !Reasons(health).Any(reason => reason.StartsWith("storage: ", StringComparison.Ordinal) || reason.StartsWith("disk: ", StringComparison.Ordinal)));
    }

    // As large as a command may be, so that it needs room that nobody has set aside.
    private static async Task<string?> TasteAsync(Bystander bystander, string id)
    {
        var artists = string.Join(',', Enumerable.Range(0, 75).Select(i => $"\"{id}{i}{new string('x', 180)}\""));
        bystander.Command("taste", $$"""{"id":"{{id}}","artists":[{{artists}}],"languages":[],"excludeArtists":[]}""");
        return (await bystander.ReplyAsync(id)).GetProperty("status").GetString();
    }

    private static IEnumerable<string> Reasons(System.Text.Json.JsonElement health) =>
        health.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetString()!);
}
