using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using CabinMood.Messaging;
using CabinMood.Service.Diagnosis;
using CabinMood.Service.Tests.Support;

namespace CabinMood.Service.Tests.Diagnosis;

/// <summary><c>cabinmood doctor</c> on a machine that lacks something: which line says so, and what mends it.</summary>
public sealed class DoctorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // HERE stands for the test's folder.
    [Theory]
    [InlineData("camera", "ls /dev/video*", """{ "Camera": { "Source": "/dev/video99" } }""")]
    [InlineData("camera", "gst-discoverer-1.0 HERE/notes.mp4", """{ "Camera": { "Source": "HERE/notes.mp4" } }""")]
    [InlineData("camera", "gst-inspect-1.0 videotestsrc", """{ "Camera": { "Source": "test:nosuchpattern" } }""")]
    [InlineData("nets", "apt-get install --reinstall", """{ "Perception": { "DetectorCard": "HERE/nowhere.json" } }""")]
    [InlineData("nets", "apt-get install --reinstall", """{ "Perception": { "EmotionCard": "HERE/cut.json" } }""")]
    [InlineData("nets", "apt-get install --reinstall", """{ "Perception": { "EmotionCard": "HERE/checksum.json" } }""")]
    [InlineData("nets", "apt-get install --reinstall", """{ "Perception": { "EmotionCard": "HERE/labels.json" } }""")]
    [InlineData("nets", "apt-get install --reinstall", """{ "Perception": { "EmotionCard": "HERE/cut-net.json" } }""")]
    [InlineData("songs", "cabinmood catalog import", """{ "Songs": { "Catalogue": "HERE/nowhere.csv" } }""")]
    [InlineData("broker", "systemctl start mosquitto", """{ "Mqtt": { "Port": 9 } }""")]
    [InlineData("broker", "let us read the file (sudo install -m 640", """{ "Mqtt": { "Port": 9, "Username": "cabinmood", "PasswordFile": "HERE/nowhere" } }""")]
    [InlineData("certificates broker", "let us read the file (sudo install -m 640", """{ "Mqtt": { "Port": 9, "Tls": true, "CaFile": "HERE/nowhere.crt" } }""")]
    // A folder cannot be read as a file by anybody, not even by root.
    [InlineData("certificates broker", "let us read the file (sudo install -m 640", """{ "Mqtt": { "Port": 9, "Tls": true, "CaFile": "HERE/expired.crt", "CertificateFile": "HERE/expired.crt", "KeyFile": "HERE" } }""")]
    [InlineData("certificates broker", "authority sign a new certificate", """{ "Mqtt": { "Port": 9, "Tls": true, "CaFile": "HERE/expired.crt" } }""")]
    [InlineData("certificates broker", "timedatectl", """{ "Mqtt": { "Port": 9, "Tls": true, "CaFile": "HERE/early.crt" } }""")]
    public async Task What_is_missing_or_damaged_is_a_line_of_its_own_with_what_mends_it(string bad, string remedy, string settings)
    {
        Damage();
        using var broker = await PrivateBroker.StartAsync();

        var lines = await ExamineAsync(broker, settings, []);

        Assert.Equal(bad.Split(' '), Bad(lines));
        var after = lines[Array.FindIndex(lines, line => line.StartsWith("BAD", StringComparison.Ordinal)) + 1];
        Assert.StartsWith("      mend with: ", after, StringComparison.Ordinal);
        Assert.Contains(remedy.Replace("HERE", _folder.Path, StringComparison.Ordinal), after, StringComparison.Ordinal);
        // Without nets or songs it does not start, and systemd has given it up by the time somebody asks the doctor.
        Assert.Equal(bad is "nets" or "songs", after.EndsWith("sudo systemctl reset-failed cabinmood && sudo systemctl start cabinmood", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_broker_that_does_not_know_us_is_a_line_of_its_own_too()
    {
        _folder.Write("password", "wrong");
        using var broker = await PrivateBroker.StartAsync(["allow_anonymous false"]);

        var lines = await ExamineAsync(broker, """{ "Mqtt": { "Username": "service", "PasswordFile": "HERE/password" } }""", []);

        Assert.Equal(["broker"], Bad(lines));
        Assert.Contains(lines, line => line.StartsWith("      mend with: ", StringComparison.Ordinal) && line.Contains("mosquitto_passwd", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("file")]
    [InlineData("file/state/deeper")]
    public async Task A_file_where_the_state_folder_should_be_is_to_be_moved_away(string state)
    {
        var file = _folder.Write("file", "");
        using var broker = await PrivateBroker.StartAsync();

        var lines = await ExamineAsync(broker, "{}", new() { ["CABINMOOD_STATE"] = _folder.File(state) });

        Assert.Contains("storage", Bad(lines));
        Assert.Contains(lines, line => line.StartsWith($"BAD  storage      {file} is a file, ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith($"      mend with: it is a file; move it away: sudo mv {file} {file}.away && sudo install -d", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Metrics_in_a_folder_that_is_not_there_are_found_by_writing()
    {
        var file = _folder.File("gone/cabinmood.prom");
        using var broker = await PrivateBroker.StartAsync();

        var lines = await ExamineAsync(broker, $$"""{ "Metrics": { "File": "{{file}}" } }""", []);

        Assert.Equal(["metrics"], Bad(lines));
        Assert.Contains(lines, line => line.StartsWith($"BAD  metrics      {file}: ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("      mend with: give the service's user the folder: sudo install -d -o ", StringComparison.Ordinal));
    }

    [NeedsMountFact]
    public async Task A_disk_that_may_only_be_read_is_found_by_writing()
    {
        using var disk = SmallDisk.TryMount(_folder.File("state"), megabytes: 24)!;
        await CabinmoodProcess.RunAsync(disk.Path, "doctor");
        disk.Protect();
        using var broker = await PrivateBroker.StartAsync();

        var lines = await ExamineAsync(broker, "{}", new() { ["CABINMOOD_STATE"] = disk.Path });

        Assert.Equal(["storage"], Bad(lines));
        Assert.Contains($"BAD  storage      {disk.Path}: the disk is read-only, or the database's files are", lines);
        Assert.Contains(lines, line => line.Contains("sudo mount -o remount,rw", StringComparison.Ordinal) && line.EndsWith("sudo systemctl reset-failed cabinmood && sudo systemctl start cabinmood", StringComparison.Ordinal));
    }

    [NeedsMountFact]
    public async Task A_full_disk_is_mended_with_room_and_not_with_rights()
    {
        using var disk = SmallDisk.TryMount(_folder.File("state"), megabytes: 1)!;
        disk.Fill();
        using var broker = await PrivateBroker.StartAsync();

        var lines = await ExamineAsync(broker, "{}", new() { ["CABINMOOD_STATE"] = disk.Path });

        Assert.Equal(["storage", "disk"], Bad(lines));
        Assert.Contains($"BAD  storage      {disk.Path}: the disk is full", lines);
        Assert.Equal(2, lines.Count(line => line.StartsWith("      mend with: make room", StringComparison.Ordinal)));
    }

    [NeedsMountFact]
    public async Task A_disk_that_has_filled_up_beside_the_database_is_found_by_writing()
    {
        using var disk = SmallDisk.TryMount(_folder.File("state"), megabytes: 24)!;
        await CabinmoodProcess.RunAsync(disk.Path, "doctor");
        disk.Fill();
        using var broker = await PrivateBroker.StartAsync();

        var lines = await ExamineAsync(broker, "{}", new() { ["CABINMOOD_STATE"] = disk.Path });

        Assert.Equal(["storage", "disk"], Bad(lines));
        Assert.Contains($"BAD  storage      {disk.Path}: the disk is full", lines);
    }

    [Fact]
    public async Task A_library_that_is_not_there_is_the_one_thing_to_mend()
    {
        using var broker = await PrivateBroker.StartAsync();

        var lines = await ExamineAsync(broker, "{}", new() { ["CABINMOOD_ONNXRUNTIME"] = _folder.File("nowhere") });

        Assert.Equal(["ONNX", "nets"], Bad(lines));
        Assert.Contains("BAD  nets         could not be checked without ONNX Runtime: mend that first", lines);
        Assert.Single(lines, line => line.Contains("mend with", StringComparison.Ordinal) && !line.Contains("runuser", StringComparison.Ordinal));
    }

    [Fact]
    public void What_fails_behind_a_library_that_is_there_is_told_as_it_is()
    {
        var broken = new Finding("storage", false, "no room", "make room");
        var well = new Finding("storage", true, "room");

        Assert.Same(broken, Doctor.Needing(new Finding("SQLite", true, "3.40.1"), broken));
        Assert.Same(well, Doctor.Needing(new Finding("SQLite", false, "not installed"), well));
        Assert.Equal("could not be checked without SQLite: mend that first", Doctor.Needing(new Finding("SQLite", false, "not installed"), broken).Detail);
        Assert.Null(Doctor.Needing(new Finding("SQLite", false, "not installed"), broken).Remedy);
    }

    /// <summary>Runs it on a machine where all is well but for these settings and variables.</summary>
    private async Task<string[]> ExamineAsync(PrivateBroker broker, string settings, Dictionary<string, string> environment)
    {
        var config = JsonNode.Parse(settings.Replace("HERE", _folder.Path, StringComparison.Ordinal))!.AsObject();
        config["Camera"] ??= new JsonObject { ["Source"] = "test:" };
        config["Mqtt"] ??= new JsonObject();
        config["Mqtt"]!["Host"] = "127.0.0.1";
        config["Mqtt"]!["Port"] ??= broker.Port;
        var file = _folder.Write("config.json", config.ToJsonString());
        using var process = CabinmoodProcess.Start(_folder.Path, new Surroundings([], environment), "doctor", "--config", file);

        Assert.Equal(1, await process.ExitAsync());
        Assert.Matches("^cabinmood: [0-9]+ of [0-9]+ checks failed\n$", process.Error);
        Assert.DoesNotContain("   at ", process.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("unexpected ", process.Output, StringComparison.Ordinal);
        return process.Output.Split('\n');
    }

    private static IEnumerable<string> Bad(string[] lines) =>
        lines.Where(line => line.StartsWith("BAD", StringComparison.Ordinal)).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);

    private void Damage()
    {
        _folder.Write("notes.mp4", "These are words, not a film.\n");
        var source = AppFolder.Resolve("models/emotion");
        var net = File.ReadAllBytes(Path.Combine(source, "emotion.onnx"));
        var card = File.ReadAllText(Path.Combine(source, "emotion.json"));
        var checksum = Convert.ToHexStringLower(SHA256.HashData(net));
        File.WriteAllBytes(_folder.File("emotion.onnx"), net);
        File.WriteAllBytes(_folder.File("cut.onnx"), net[..1000]);
        _folder.Write("cut.json", card[..200]);
        _folder.Write("checksum.json", card.Replace(checksum, new string('0', checksum.Length), StringComparison.Ordinal));
        _folder.Write("labels.json", card.Replace("\"surprise\"", "\"surprize\"", StringComparison.Ordinal));
        _folder.Write("cut-net.json", card.Replace("emotion.onnx", "cut.onnx", StringComparison.Ordinal).Replace(checksum, Convert.ToHexStringLower(SHA256.HashData(net[..1000])), StringComparison.Ordinal));
        Certify("expired.crt", -30, -1);
        Certify("early.crt", 10, 30);
    }

    private void Certify(string file, int fromDays, int untilDays)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var made = new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(fromDays), now.AddDays(untilDays));
        _folder.Write(file, made.ExportCertificatePem());
    }
}
