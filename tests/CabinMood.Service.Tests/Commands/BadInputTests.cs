using System.Security.Cryptography;
using System.Text.RegularExpressions;
using CabinMood.Service.Tests.Support;

namespace CabinMood.Service.Tests.Commands;

public sealed partial class BadInputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_missing_model_is_one_line_and_exit_code_1()
    {
        var config = _folder.Write("config.json", """{ "Perception": { "DetectorCard": "/nowhere/detector.json" } }""");

        await FailsWith("/nowhere/detector.json", "models", "verify", "--config", config);
    }

    [Fact]
    public async Task A_truncated_model_is_found_by_its_checksum()
    {
        var config = CopyEmotionNet(Truncate, (card, _) => card);

        await FailsWith("sha256", "models", "verify", "--config", config);
    }

    [Fact]
    public async Task A_truncated_model_whose_card_says_so_is_refused_by_the_runtime()
    {
        var config = CopyEmotionNet(Truncate, (card, sha256) => Sha256Field().Replace(card, $"\"sha256\": \"{sha256}\""));

        await FailsWith("emotion.onnx", "models", "verify", "--config", config);
    }

    [Fact]
    public async Task An_unknown_field_in_a_card_is_refused()
    {
        var config = CopyEmotionNet(bytes => bytes, (card, _) => card.Replace("\"temperature\"", "\"temprature\"", StringComparison.Ordinal));

        await FailsWith("temperature", "models", "verify", "--config", config);
    }

    [Fact]
    public async Task A_text_file_is_no_video()
    {
        var text = _folder.Write("notes.mp4", "These are words, not a film.\n");

        await FailsWith("notes.mp4", "analyze", text, "--out", _folder.File("out"));
        Assert.False(Directory.Exists(_folder.File("out")));
    }

    [Fact]
    public async Task A_missing_video_is_told_by_name() =>
        await FailsWith("missing.webm", "analyze", _folder.File("missing.webm"), "--out", _folder.File("out"));

    [Fact]
    public async Task A_demo_of_an_unplugged_camera_ends_at_once() =>
        await FailsWith("/dev/video99 does not exist", "demo", "--source", "/dev/video99");

    [Fact]
    public async Task An_unknown_key_names_the_nearest_known_one()
    {
        var config = _folder.Write("config.json", """{ "Camera": { "Sauce": "test:" } }""");

        await FailsWith("unknown key Camera:Sauce; did you mean Camera:Source?", "run", "--config", config);
    }

    [Fact]
    public async Task A_value_out_of_range_names_its_range()
    {
        var config = _folder.Write("config.json", """{ "Moods": { "EvidenceSeconds": 0 } }""");

        await FailsWith("Moods:EvidenceSeconds is 0; it must lie between 1 and 120 seconds.", "run", "--config", config);
    }

    [Theory]
    [InlineData("""{ "Serilog": { "MinimumLevel": "Bogus" } }""", "Serilog:MinimumLevel")]
    [InlineData("""{ "Serilog": { "WriteTo": [ { "Name": "File" } ] } }""", "Serilog:WriteTo cannot be set")]
    [InlineData("""{ "Vehicle": { "Gear": { "Topic": "cabinmood/car/set/consent" } } }""", "topics under cabinmood/ are CabinMood's own")]
    public async Task A_mistake_in_any_section_is_told_by_its_key(string json, string expected) =>
        await FailsWith(expected, "run", "--config", _folder.Write("config.json", json));

    [Fact]
    public async Task A_missing_catalogue_stops_the_service_with_one_line()
    {
        var config = _folder.Write("config.json", """{ "Songs": { "Catalogue": "/nowhere/songs.csv" } }""");

        await FailsWith("/nowhere/songs.csv", "run", "--config", config);
    }

    [Theory]
    [InlineData("analyze")]
    [InlineData("fly")]
    [InlineData("demo", "--seconds", "0")]
    [InlineData("demo", "--profile", "reckless")]
    [InlineData("analyze", "x.webm", "--out", "out", "--zone", "front")]
    public async Task Wrong_usage_is_one_line_and_exit_code_2(params string[] arguments)
    {
        var (exitCode, output, error) = await CabinmoodProcess.RunAsync(_folder.Path, arguments);

        Assert.Equal(2, exitCode);
        Assert.Empty(output);
        Assert.Single(error.TrimEnd('\n').Split('\n'));
    }

    private async Task FailsWith(string expected, params string[] arguments)
    {
        var (exitCode, output, error) = await CabinmoodProcess.RunAsync(_folder.Path, arguments);

        Assert.Equal(1, exitCode);
        Assert.Empty(output);
        var line = Assert.Single(error.TrimEnd('\n').Split('\n'));
        Assert.StartsWith("cabinmood: ", line, StringComparison.Ordinal);
        Assert.Contains(expected, line, StringComparison.Ordinal);
    }

    private string CopyEmotionNet(Func<byte[], byte[]> damage, Func<string, string, string> edit)
    {
        var source = AppFolder.Resolve("models/emotion");
        var bytes = damage(File.ReadAllBytes(Path.Combine(source, "emotion.onnx")));
        File.WriteAllBytes(_folder.File("emotion.onnx"), bytes);
        var text = File.ReadAllText(Path.Combine(source, "emotion.json"));
        var card = _folder.Write("emotion.json", edit(text, Convert.ToHexStringLower(SHA256.HashData(bytes))));
        return _folder.Write("config.json", $$"""{ "Perception": { "EmotionCard": "{{card}}" } }""");
    }

    private static byte[] Truncate(byte[] bytes) => bytes[..1000];

    [GeneratedRegex("\"sha256\": \"[0-9a-f]+\"")]
    private static partial Regex Sha256Field();
}
