using System.Numerics;
using System.Text.Json;
using CabinMood.Core.Faces;
using CabinMood.Vision.Detection;
using CabinMood.Vision.ModelCards;
using CabinMood.Vision.OnnxRuntime;
using CabinMood.Vision.Tests.Support;

namespace CabinMood.Vision.Tests.Detection;

/// <summary>
/// The whole detector against an independent program; see tests/data/golden/retinaface.mjs for where the numbers come from.
/// Tolerances: boxes and landmarks 1 px, scores 0.001.
/// </summary>
public sealed class FaceDetectorGoldenTests
{
    [SharedFact(TestCards.ReferenceDetector)]
    public void The_same_net_finds_the_same_faces_as_in_an_independent_program()
    {
        using var folder = new TempFolder();
        using var detector = new FaceDetector(
            ModelCardReader.ReadDetector(TestCards.WriteReferenceDetector(folder)), 640, 640, threshold: null, new OnnxSessionOptions());
        using var golden = JsonDocument.Parse(File.ReadAllBytes(Repository.Golden("retinaface.json")));
        var picture = Pictures.Read(Repository.Golden(golden.RootElement.GetProperty("image").GetString()!));
        var expected = golden.RootElement.GetProperty("faces").EnumerateArray().ToArray();

        var faces = detector.Detect(picture.Frame).ToArray();

        Assert.Equal(expected.Length, faces.Length);
        for (var i = 0; i < faces.Length; i++)
        {
            AssertSame(expected[i], faces[i]);
        }
    }

    private static void AssertSame(JsonElement expected, DetectedFace actual)
    {
        const float pixel = 1;
        Assert.Equal(expected.GetProperty("score").GetSingle(), actual.Score, 1e-3f);
        var box = expected.GetProperty("box").EnumerateArray().Select(edge => edge.GetSingle()).ToArray();
        Assert.Equal(box[0], actual.Box.Left, pixel);
        Assert.Equal(box[1], actual.Box.Top, pixel);
        Assert.Equal(box[2], actual.Box.Right, pixel);
        Assert.Equal(box[3], actual.Box.Bottom, pixel);
        var points = expected.GetProperty("landmarks").EnumerateArray()
            .Select(point => new Vector2(point[0].GetSingle(), point[1].GetSingle()))
            .ToArray();
        Assert.InRange(Vector2.Distance(points[0], actual.Landmarks.LeftEye), 0, pixel);
        Assert.InRange(Vector2.Distance(points[1], actual.Landmarks.RightEye), 0, pixel);
        Assert.InRange(Vector2.Distance(points[2], actual.Landmarks.Nose), 0, pixel);
        Assert.InRange(Vector2.Distance(points[3], actual.Landmarks.LeftMouthCorner), 0, pixel);
        Assert.InRange(Vector2.Distance(points[4], actual.Landmarks.RightMouthCorner), 0, pixel);
    }
}
