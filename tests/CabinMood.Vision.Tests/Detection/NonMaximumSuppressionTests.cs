using CabinMood.Core.Faces;
using CabinMood.Vision.Detection;

namespace CabinMood.Vision.Tests.Detection;

public sealed class NonMaximumSuppressionTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 50)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void What_is_kept_never_overlaps_and_explains_all_that_is_dropped(int seed)
    {
        var random = new Random(seed);
        var faces = Enumerable.Range(0, random.Next(0, 60)).Select(_ => RandomFace(random)).ToArray();
        var working = faces.ToArray();

        var kept = working[..NonMaximumSuppression.Apply(working)];

        Assert.All(kept, face => Assert.Contains(face, faces));
        Assert.Equal(kept.OrderByDescending(face => face.Score), kept);
        for (var i = 0; i < kept.Length; i++)
        {
            Assert.DoesNotContain(kept[..i], other => other.Box.IntersectionOverUnion(kept[i].Box) > NonMaximumSuppression.SameFace);
        }

        foreach (var dropped in faces.Except(kept))
        {
            Assert.Contains(
                kept,
                other => other.Score >= dropped.Score && other.Box.IntersectionOverUnion(dropped.Box) > NonMaximumSuppression.SameFace);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_order_of_the_detections_does_not_matter(int seed)
    {
        var random = new Random(seed);
        var faces = Enumerable.Range(0, 40).Select(_ => RandomFace(random)).ToArray();
        var shuffled = faces.ToArray();
        random.Shuffle(shuffled);

        var kept = faces[..NonMaximumSuppression.Apply(faces)];
        var keptOfShuffled = shuffled[..NonMaximumSuppression.Apply(shuffled)];

        Assert.Equal(kept, keptOfShuffled);
    }

    [Fact]
    public void Applying_it_twice_changes_nothing()
    {
        var random = new Random(7);
        var faces = Enumerable.Range(0, 40).Select(_ => RandomFace(random)).ToArray();
        var kept = faces[..NonMaximumSuppression.Apply(faces)];

        Assert.Equal(kept.Length, NonMaximumSuppression.Apply(kept.ToArray()));
    }

    [Fact]
    public void It_allocates_nothing()
    {
        var random = new Random(7);
        var faces = Enumerable.Range(0, 40).Select(_ => RandomFace(random)).ToArray();
        NonMaximumSuppression.Apply(faces);

        var before = GC.GetAllocatedBytesForCurrentThread();
        NonMaximumSuppression.Apply(faces);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static DetectedFace RandomFace(Random random)
    {
        var (left, top) = (random.NextSingle() * 100, random.NextSingle() * 100);
        return new DetectedFace(new Box(left, top, left + 20 + (random.NextSingle() * 40), top + 20 + (random.NextSingle() * 40)), random.NextSingle(), default);
    }
}
