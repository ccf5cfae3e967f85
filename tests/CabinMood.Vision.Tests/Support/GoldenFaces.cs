using System.Numerics;
using System.Text.Json;
using CabinMood.Core.Faces;

namespace CabinMood.Vision.Tests.Support;

/// <summary>Compares faces with those of another program.</summary>
internal static class GoldenFaces
{
    /// <summary>Boxes and landmarks may differ by one pixel, scores by a thousandth.</summary>
    public static void AssertSame(JsonElement expected, DetectedFace actual)
    {
        const float pixel = 1;
        Assert.Equal(expected.GetProperty("score").GetSingle(), actual.Score, 1e-3f);
        var box = Numbers(expected.GetProperty("box"));
        Assert.Equal(box[0], actual.Box.Left, pixel);
        Assert.Equal(box[1], actual.Box.Top, pixel);
        Assert.Equal(box[2], actual.Box.Right, pixel);
        Assert.Equal(box[3], actual.Box.Bottom, pixel);
        var points = Numbers(expected.GetProperty("landmarks")).Chunk(2).Select(point => new Vector2(point[0], point[1])).ToArray();
        Assert.InRange(Vector2.Distance(points[0], actual.Landmarks.LeftEye), 0, pixel);
        Assert.InRange(Vector2.Distance(points[1], actual.Landmarks.RightEye), 0, pixel);
        Assert.InRange(Vector2.Distance(points[2], actual.Landmarks.Nose), 0, pixel);
        Assert.InRange(Vector2.Distance(points[3], actual.Landmarks.LeftMouthCorner), 0, pixel);
        Assert.InRange(Vector2.Distance(points[4], actual.Landmarks.RightMouthCorner), 0, pixel);
    }

    public static float[] Numbers(JsonElement array) => [.. array.EnumerateArray().SelectMany(
        element => element.ValueKind == JsonValueKind.Array ? Numbers(element) : [element.GetSingle()])];
}
