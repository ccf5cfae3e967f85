using CabinMood.Core.Faces;
using CabinMood.Vision.Capture;
using CabinMood.Vision.Tests.Support;

namespace CabinMood.Vision.Tests;

/// <summary>Real people in real clips. They stand in ../shared, are never committed, and nothing of them is kept.</summary>
public sealed class ClipTests
{
    [SharedTheory("data/clips/two-occupants.webm")]
    [InlineData("image-left")]
    [InlineData("image-right")]
    public void Of_two_people_the_one_in_the_zone_is_followed_throughout(string zone)
    {
        var centers = Follow("two-occupants.webm", zone).Select(face => face?.Box.CenterX).ToArray();

        Assert.NotEmpty(centers);
        Assert.DoesNotContain(null, centers);
        // Frames are 480 px wide, and ten a second: no head moves by a quarter of its width in between.
        Assert.All(centers, center => Assert.True(zone == "image-left" ? center < 240 : center >= 240));
        Assert.All(centers.Zip(centers.Skip(1)), pair => Assert.InRange(Math.Abs(pair.First!.Value - pair.Second!.Value), 0, 20));
    }

    [SharedTheory("data/clips/d9.mp4")]
    [InlineData("d9.mp4")]
    [InlineData("d6.mp4")]
    [InlineData("head-pose-male.webm")]
    public void A_person_who_looks_towards_the_camera_is_found_in_95_of_100_frames(string clip)
    {
        var faces = Follow(clip, "whole").ToArray();

        // In these clips somebody looks towards the camera in every frame.
        Assert.True(faces.Length > 50);
        Assert.InRange(faces.Count(face => face is not null) / (double)faces.Length, 0.95, 1);
    }

    private static IEnumerable<DetectedFace?> Follow(string clip, string zoneName)
    {
        Assert.True(DriverZone.TryParse(zoneName, out var zone));
        using var pipeline = PerceptionPipeline.Load(Nets.Options, zone);
        using var reader = new SequentialFrameReader(FrameSourceUri.Parse(Path.Combine(Repository.Shared, "data", "clips", clip)));
        var buffer = new FrameBuffer();
        while (reader.TryRead(buffer))
        {
            pipeline.Process(buffer.Frame);
            yield return pipeline.DriverFace;
        }
    }
}
