using System.Numerics;
using CabinMood.Core.Faces;
using CabinMood.Vision.Recognition;

namespace CabinMood.Vision.Tests.Recognition;

public sealed class SimilarityTests
{
    private static readonly Vector2[] Template = [new(15, 18.5f), new(32, 18.5f), new(23.5f, 28.3f), new(16.8f, 36.4f), new(30.2f, 36.4f)];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 30)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_turned_scaled_and_shifted_template_is_brought_back_exactly(int seed)
    {
        var random = new Random(seed);
        var angle = (random.NextSingle() - 0.5f) * MathF.PI * 1.9f;
        var scale = MathF.Exp((random.NextSingle() * 5) - 2);
        var shift = new Vector2(random.NextSingle() * 1000, random.NextSingle() * 700);
        Vector2 Move(Vector2 point) => (Vector2.Transform(point, Matrix3x2.CreateRotation(angle)) * scale) + shift;

        var back = Similarity.Between(Face([.. Template.Select(Move)]), Template);

        Assert.Equal(1 / scale, back.Scale, 1e-3f / scale);
        foreach (var point in Template)
        {
            Assert.InRange(Vector2.Distance(point, back.Apply(Move(point))), 0, 0.01f);
            Assert.InRange(Vector2.Distance(Move(point), back.Inverse().Apply(point)), 0, 0.01f * scale + 0.01f);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void No_nearby_similarity_comes_closer_to_the_template(int seed)
    {
        var random = new Random(seed);
        Vector2[] points = [.. Template.Select(point => (point * 3) + new Vector2(random.NextSingle() * 20, random.NextSingle() * 20))];

        var best = Similarity.Between(Face(points), Template);

        foreach (var (cos, sin, x, y) in new[] { (1e-3f, 0f, 0f, 0f), (0, 1e-3f, 0, 0), (0, 0, 0.1f, 0), (0, 0, 0, 0.1f) })
        {
            Assert.True(Error(best) <= Error(new Similarity(best.Cos + cos, best.Sin + sin, best.ShiftX + x, best.ShiftY + y)));
            Assert.True(Error(best) <= Error(new Similarity(best.Cos - cos, best.Sin - sin, best.ShiftX - x, best.ShiftY - y)));
        }

        double Error(Similarity similarity) => points.Zip(Template, (point, target) => Vector2.DistanceSquared(similarity.Apply(point), target)).Sum(value => (double)value);
    }

    [Fact]
    public void Landmarks_in_one_place_give_something_finite()
    {
        var similarity = Similarity.Between(Face([.. Enumerable.Repeat(new Vector2(5, 5), 5)]), Template);

        Assert.True(float.IsFinite(similarity.Inverse().Scale));
    }

    private static FaceLandmarks Face(Vector2[] points) => new(points[0], points[1], points[2], points[3], points[4]);
}
