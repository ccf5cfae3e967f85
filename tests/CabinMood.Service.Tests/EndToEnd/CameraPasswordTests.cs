using System.Text;
using CabinMood.Service.Tests.Support;

namespace CabinMood.Service.Tests.EndToEnd;

/// <summary>A camera's address holds its password; whatever fails, nobody is told it.</summary>
public sealed class CameraPasswordTests
{
    private const string Secret = "s3cret-of-the-camera";

    // Nobody listens on port 1: GStreamer really tries to connect, and its elements name what they could not open.
    [Theory]
    [InlineData($"rtsp://user:{Secret}@127.0.0.1:1/stream", "rtsp://127.0.0.1:1/stream")]
    [InlineData($"rtspsrc location=rtsp://user:{Secret}@127.0.0.1:1/stream ! decodebin ! videoconvert", "launch line")]
    public async Task The_running_service_tells_of_a_camera_that_cannot_be_opened_without_its_password(string camera, string shown)
    {
        await using var service = await RunningService.StartAsync(camera: camera);
        var trip = await service.TripAsync();
        service.Bystander.Command("consent", $$"""{"id":"grant","granted":true,"trip":"{{trip}}"}""");

        var health = await service.Bystander.JsonAsync(
            "health", health => health.GetProperty("reasons").EnumerateArray().Any(reason => reason.GetString()!.StartsWith($"camera: {shown}: ", StringComparison.Ordinal)));
        await service.TerminateAsync();

        Assert.Equal("degraded", health.GetProperty("state").GetString());
        Assert.Contains($"Camera: {shown}: ", service.Process.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, service.Process.Output + service.Process.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(service.Bystander.All, message => Encoding.UTF8.GetString(message.Payload.Span).Contains(Secret, StringComparison.Ordinal));
        Assert.DoesNotContain(
            Directory.GetFiles(service.StateFolder).Where(file => file != service.ConfigFile), file => File.ReadAllText(file).Contains(Secret, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("doctor", $"rtsp://user:{Secret}@127.0.0.1:1/stream")]
    [InlineData("doctor", $"rtspsrc location=rtsp://user:{Secret}@127.0.0.1:1/stream ! decodebin ! videoconvert")]
    [InlineData("doctor", $"http://user:{Secret}@127.0.0.1:1/stream")]
    [InlineData("run", $"http://user:{Secret}@127.0.0.1:1/stream")]
    public async Task Nor_does_a_command_that_fails_with_it(string command, string camera)
    {
        using var folder = new TemporaryFolder();
        var config = folder.Write("config.json", $$"""{ "Camera": { "Source": "{{camera}}" }, "Mqtt": { "Port": 9 } }""");

        var (exitCode, output, error) = await CabinmoodProcess.RunAsync(folder.Path, command, "--config", config);

        Assert.NotEqual(0, exitCode);
        Assert.Contains("camera", output + error, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Secret, output + error, StringComparison.Ordinal);
    }
}
