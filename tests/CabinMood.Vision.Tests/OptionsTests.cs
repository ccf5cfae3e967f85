using CabinMood.Core;
using CabinMood.Vision.Capture;

namespace CabinMood.Vision.Tests;

public sealed class OptionsTests
{
    [Fact]
    public void The_defaults_are_valid()
    {
        Assert.Empty(Errors(new CameraOptions()));
        Assert.Empty(Errors(new PerceptionOptions()));
    }

    [Fact]
    public void What_is_out_of_range_is_named_with_its_key_value_and_range()
    {
        Assert.Equal(
            ["Camera:StallSeconds is 0.1; it must lie between 0.5 and 60 seconds."],
            Errors(new CameraOptions { StallSeconds = 0.1 }));
        Assert.Equal(
            ["Perception:DetectorWidth is 10; it must lie between 64 and 1920 pixels.", "Perception:DetectorThreshold is 1.5; it must lie between 0.05 and 0.99."],
            Errors(new PerceptionOptions { DetectorWidth = 10, DetectorThreshold = 1.5f }));
        Assert.Equal(
            ["Perception:FullFrameEverySeconds is NaN; it must lie between 0 and 10 seconds."],
            Errors(new PerceptionOptions { FullFrameEverySeconds = double.NaN }));
    }

    [Fact]
    public void A_wrong_zone_or_source_names_what_is_known()
    {
        var errors = Errors(new CameraOptions { DriverZone = "left", Source = "http://camera" });

        Assert.Equal(2, errors.Length);
        Assert.Contains("unknown kind of address", errors[0], StringComparison.Ordinal);
        Assert.Contains("image-left, image-right, whole", errors[1], StringComparison.Ordinal);
    }

    private static string[] Errors(CameraOptions options)
    {
        var errors = new List<ConfigurationError>();
        options.Validate(errors);
        return [.. errors.Select(error => error.ToString())];
    }

    private static string[] Errors(PerceptionOptions options)
    {
        var errors = new List<ConfigurationError>();
        options.Validate(errors);
        return [.. errors.Select(error => error.ToString())];
    }
}
