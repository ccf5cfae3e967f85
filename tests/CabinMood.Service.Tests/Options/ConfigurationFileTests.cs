using CabinMood.Core.Safety;
using CabinMood.Service.Options;

namespace CabinMood.Service.Tests.Options;

public sealed class ConfigurationFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cabinmood-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void An_empty_object_keeps_every_default()
    {
        var options = Read("{}");

        Assert.Equal(180, options.Limiter.MinIntervalSeconds);
        Assert.Equal("vss/Vehicle/Speed", options.Vehicle.Speed.Topic);
    }

    [Fact]
    public void A_nested_value_is_read_and_its_neighbours_keep_their_defaults()
    {
        var options = Read("""{ "Vehicle": { "Gear": { "Kind": "absent" } }, "Camera": { "Loop": true } }""");

        Assert.Equal(SignalKind.Absent, options.Vehicle.Gear.Kind);
        Assert.Equal("vss/Vehicle/Powertrain/Transmission/SelectedGear", options.Vehicle.Gear.Topic);
        Assert.True(options.Camera.Loop);
        Assert.Equal("/dev/video0", options.Camera.Source);
    }

    [Theory]
    [InlineData("""{ "Limiter": { "MinIntervallSeconds": 60 } }""", "unknown key Limiter:MinIntervallSeconds; did you mean Limiter:MinIntervalSeconds?")]
    [InlineData("""{ "Camra": {} }""", "unknown key Camra; did you mean Camera?")]
    [InlineData("""{ "Vehicle": { "Speed": { "topic": "x" } } }""", "unknown key Vehicle:Speed:topic; did you mean Vehicle:Speed:Topic?")]
    [InlineData("""{ "Limiter": { "MinIntervalSeconds": 1 } }""", "Limiter:MinIntervalSeconds is 1; it must lie between 5 and 3600 seconds.")]
    [InlineData("""{ "Limiter": { "MinIntervalSeconds": "60" } }""", "Limiter:MinIntervalSeconds is \"60\"; it must be a number.")]
    [InlineData("""{ "Limiter": { "MaxChangesPerHour": 1.5 } }""", "Limiter:MaxChangesPerHour is 1.5; it must be a whole number.")]
    [InlineData("""{ "Limiter": { "MinIntervalSeconds": null } }""", "Limiter:MinIntervalSeconds is null; leave the key out to keep its default.")]
    [InlineData("""{ "Limiter": [] }""", "Limiter is []; it must be an object in braces.")]
    [InlineData("""{ "Limiter": { "AbruptCalming": true, "AbruptCalming": false } }""", "Limiter:AbruptCalming is there twice.")]
    [InlineData("""{ "Limiter": { "Profile": "lax" } }""", "Limiter:Profile is \"lax\"; it must be one of Standard, Strict, Parked, Commercial.")]
    [InlineData("""{ "Limiter": { "MinIntervalSeconds": 180, "Profile": "strict" } }""", "Limiter:MinIntervalSeconds is 180, which is looser than the profile Strict: it allows no less than 300.")]
    [InlineData("""{ "Limiter": { "Profile": "parked", "MaxChangesPerHour": 1 } }""", "Limiter:MaxChangesPerHour is 1, which is looser than the profile Parked: it allows no more than 0.")]
    [InlineData("""{ "Limiter": { "Profile": "commercial", "AbruptCalming": true } }""", "Limiter:AbruptCalming is true, which is looser than the profile Commercial: only the profile standard allows it.")]
    [InlineData("""{ "Vehicle": { "Speed": { "Unit": "knots" } } }""", "Vehicle:Speed:Unit is 'knots'; it must be one of km/h, m/s, mph.")]
    [InlineData("""{ "Vehicle": { "Gear": { "Unit": "km/h" } } }""", "Vehicle:Gear:Unit is 'km/h'; this signal has no unit.")]
    [InlineData("""{ "Vehicle": { "Speed": { "Kind": "sometimes" } } }""", "Vehicle:Speed:Kind is \"sometimes\"; it must be one of Periodic, OnChange, Absent.")]
    [InlineData("""{ "Vehicle": { "Speed": { "Kind": "absent" } } }""", "Vehicle:Speed:Kind is absent; without speed nothing says that the car stands, so it must be periodic or on-change.")]
    [InlineData("""{ "Camera": { "DriverZone": "left" } }""", "Camera:DriverZone is 'left'; it must be image-left, image-right, whole, or four fractions left,top,right,bottom in 0..1.")]
    [InlineData("[]", "the file must be an object in braces.")]
    public void What_is_wrong_is_told_with_its_full_key(string json, string expected)
    {
        var error = Assert.Throws<ConfigurationException>(() => Read(json));

        Assert.EndsWith(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Several_wrong_values_tell_the_first_and_count_the_others()
    {
        var error = Assert.Throws<ConfigurationException>(() => Read("""{ "Moods": { "MinQuality": 2, "EvidenceSeconds": 0 } }"""));

        Assert.Contains("Moods:EvidenceSeconds is 0", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("(1 more)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Broken_json_is_told_with_its_line()
    {
        var error = Assert.Throws<ConfigurationException>(() => Read("{\n  \"Camera\": {\n"));

        Assert.EndsWith("line 3: this is not valid JSON.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_told_by_name()
    {
        var path = Path.Combine(_folder.FullName, "nowhere.json");

        var error = Assert.Throws<ConfigurationException>(() => ConfigurationFile.Read(path));

        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_file_that_ships_shows_the_defaults()
    {
        var shipped = ConfigurationFile.Read(AppFolder.Resolve("configs/cabinmood.json"));

        Assert.Equal(Flatten(new CabinMoodOptions()), Flatten(shipped));
    }

    [Theory]
    [InlineData("standard", 180)]
    [InlineData("strict", 300)]
    [InlineData("parked", 180)]
    [InlineData("commercial", 180)]
    public void The_file_that_ships_takes_every_profile_and_its_limits_when_nothing_but_the_profile_is_changed(string profile, double minIntervalSeconds)
    {
        var shipped = File.ReadAllText(AppFolder.Resolve("configs/cabinmood.json"));
        Assert.Contains("\"Profile\": \"standard\"", shipped, StringComparison.Ordinal);

        var options = Read(shipped.Replace("\"Profile\": \"standard\"", $"\"Profile\": \"{profile}\"", StringComparison.Ordinal));

        Assert.Equal(profile, options.Limiter.Profile.ToString(), ignoreCase: true);
        Assert.Equal(minIntervalSeconds, options.Limiter.MinIntervalSeconds);
    }

    [Fact]
    public void The_demo_shortens_evidence_and_interval_and_nothing_else_of_the_rules()
    {
        var demo = ConfigurationFile.Read(AppFolder.Resolve("configs/demo.json"));
        var changed = Flatten(demo).Except(Flatten(new CabinMoodOptions())).Order(StringComparer.Ordinal);

        Assert.Equal(
            [
                "Camera:DriverZone=image-left", "Camera:Loop=True", "Camera:Source=configs/demo-clip.webm",
                "Limiter:MaxChangesPerHour=720", "Limiter:MinIntervalSeconds=8", "Moods:EvidenceSeconds=3",
            ],
            changed);
    }

    private CabinMoodOptions Read(string json)
    {
        var path = Path.Combine(_folder.FullName, "config.json");
        File.WriteAllText(path, json);
        return ConfigurationFile.Read(path);
    }

    private static List<string> Flatten(object options, string prefix = "")
    {
        var lines = new List<string>();
        foreach (var property in options.GetType().GetProperties().Where(property => property.CanWrite && property.GetIndexParameters().Length == 0))
        {
            var value = property.GetValue(options);
            if (value is not null and not string && property.PropertyType.IsClass)
            {
                lines.AddRange(Flatten(value, $"{prefix}{property.Name}:"));
            }
            else
            {
                lines.Add(FormattableString.Invariant($"{prefix}{property.Name}={value}"));
            }
        }

        return lines;
    }
}
