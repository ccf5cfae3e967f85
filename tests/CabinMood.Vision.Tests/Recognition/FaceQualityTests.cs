using System.Numerics;
using CabinMood.Core.Faces;
using CabinMood.Vision.Recognition;

namespace CabinMood.Vision.Tests.Recognition;

public sealed class FaceQualityTests
{
    private const int Side = 48;
    private static readonly FaceLandmarks Ahead = new(new(15, 18), new(32, 18), new(23.5f, 28), new(17, 36), new(30, 36));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Measures_are_those_of_a_plain_computation(int seed)
    {
        var random = new Random(seed);
        float[] crop = [.. Enumerable.Range(0, Side * Side).Select(_ => (float)(random.NextDouble() * 4) - 2)];

        var (sharpness, contrast, clipping) = FaceQuality.Measure(crop, Side, 64, 128);

        var greys = crop.Select(value => (double)value * 64 + 128).ToArray();
        var mean = greys.Average();
        var deviation = Math.Sqrt(greys.Average(grey => (grey - mean) * (grey - mean)));
        var edges = 0.0;
        for (var y = 1; y < Side - 1; y++)
        {
            for (var x = 1; x < Side - 1; x++)
            {
                double At(int dx, int dy) => greys[((y + dy) * Side) + x + dx];
                edges += Math.Abs(4 * At(0, 0) - At(-1, 0) - At(1, 0) - At(0, -1) - At(0, 1)) / ((Side - 2) * (Side - 2));
            }
        }

        Assert.Equal(edges / deviation, sharpness, 1e-3);
        Assert.Equal(deviation, contrast, 1e-2);
        Assert.Equal(greys.Count(grey => grey >= 250) / (double)greys.Length, clipping, 1e-5);
    }

    [Fact]
    public void A_good_picture_of_a_face_ahead_is_as_good_as_it_gets() => Assert.Equal(1, Of(Texture(2), 1, Ahead));

    [Fact]
    public void What_is_small_blurred_flat_blinded_or_turned_away_is_worse()
    {
        Assert.InRange(Of(Texture(2), 0.3f, Ahead), 0.01f, 0.4f);
        Assert.Equal(0, Of(Texture(2), 0.2f, Ahead));
        Assert.InRange(Of(Texture(24), 1, Ahead), 0, 0.5f);
        Assert.InRange(Of([.. Texture(2).Select(value => value * 0.05f)], 1, Ahead), 0, 0.5f);
        Assert.Equal(0, Of([.. Texture(2).Select((value, i) => i % 10 < 9 ? 1.95f : value)], 1, Ahead));
        Assert.Equal(0, Of(Texture(2), 1, Ahead with { Nose = new(34, 28) }));
    }

    [Fact]
    public void A_turn_of_the_head_is_measured_along_the_eyes_however_they_lean()
    {
        Assert.Equal(0, FaceQuality.HeadTurn(Ahead), 1e-6f);
        var turned = Ahead with { Nose = new(28.6f, 28) };
        var lean = Matrix3x2.CreateRotation(0.6f);
        var leaning = new FaceLandmarks(
            Vector2.Transform(turned.LeftEye, lean),
            Vector2.Transform(turned.RightEye, lean),
            Vector2.Transform(turned.Nose, lean),
            Vector2.Transform(turned.LeftMouthCorner, lean),
            Vector2.Transform(turned.RightMouthCorner, lean));
        Assert.Equal(0.3f, FaceQuality.HeadTurn(turned), 1e-3f);
        Assert.Equal(0.3f, FaceQuality.HeadTurn(leaning), 1e-3f);
    }

    [Fact]
    public void What_is_no_face_is_worth_nothing_and_breaks_nothing()
    {
        Assert.Equal(0, Of(new float[Side * Side], 1, Ahead));
        Assert.Equal(0, Of(Texture(2), 1, default));
        Assert.Equal(0, Of(Texture(2), float.NaN, Ahead));
        Assert.Equal(0, Of([.. Texture(2).Select(_ => float.NaN)], 1, Ahead));
    }

    private static float Of(float[] crop, float scale, FaceLandmarks landmarks) => FaceQuality.Of(crop, Side, 64, 128, scale, landmarks, 0.6f);

    // Waves of a period in pixels.
    private static float[] Texture(float period) =>
        [.. Enumerable.Range(0, Side * Side).Select(i => MathF.Sin(i % Side * 2 / period) * MathF.Cos(i / Side * 2 / period))];
}
