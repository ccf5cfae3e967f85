using System.Text.Json;
using CabinMood.Vision.Detection;
using CabinMood.Vision.ModelCards;
using CabinMood.Vision.OnnxRuntime;
using CabinMood.Vision.Tests.Support;

namespace CabinMood.Vision.Tests.Detection;

/// <summary>
/// The whole detector against independent programs, each of which says in its golden file's <c>origin</c> what it is.
/// Tolerances: boxes and landmarks 1 px, scores 0.001.
/// </summary>
public sealed class FaceDetectorGoldenTests
{
    [Fact]
    public void Our_net_finds_the_same_faces_as_in_torch()
    {
        using var golden = JsonDocument.Parse(File.ReadAllBytes(Repository.Golden("detector.json")));
        using var detector = Nets.Detector();
        var picture = Pictures.Read(Repository.Golden(golden.RootElement.GetProperty("picture").GetString()!));
        var expected = golden.RootElement.GetProperty("detections").EnumerateArray().ToArray();

        var faces = detector.Detect(picture.Frame).ToArray();

        Assert.Equal((320, 256), (detector.InputWidth, detector.InputHeight));
        Assert.Equal(expected.Length, faces.Length);
        for (var i = 0; i < faces.Length; i++)
        {
            GoldenFaces.AssertSame(expected[i], faces[i]);
        }
    }

    [SharedFact(TestCards.ReferenceDetector)]
    public void The_public_net_finds_the_same_faces_as_in_JavaScript()
    {
        using var folder = new TempFolder();
        using var golden = JsonDocument.Parse(File.ReadAllBytes(Repository.Golden("retinaface.json")));
        using var detector = new FaceDetector(
            ModelCardReader.ReadDetector(TestCards.WriteReferenceDetector(folder)), 640, 640, threshold: null, new OnnxSessionOptions());
        var picture = Pictures.Read(Repository.Golden(golden.RootElement.GetProperty("image").GetString()!));
        var expected = golden.RootElement.GetProperty("faces").EnumerateArray().ToArray();

        var faces = detector.Detect(picture.Frame).ToArray();

        Assert.Equal(expected.Length, faces.Length);
        for (var i = 0; i < faces.Length; i++)
        {
            GoldenFaces.AssertSame(expected[i], faces[i]);
        }
    }
}
