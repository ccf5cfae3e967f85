using CabinMood.Core.Faces;

namespace CabinMood.Core.Tests.Faces;

public class BoxTests
{
    [Fact]
    public void Overlap_is_intersection_over_union()
    {
        Assert.Equal(1, new Box(0, 0, 10, 10).IntersectionOverUnion(new Box(0, 0, 10, 10)));
        Assert.Equal(1 / 3f, new Box(0, 0, 10, 10).IntersectionOverUnion(new Box(5, 0, 15, 10)), 5);
        Assert.Equal(0, new Box(0, 0, 10, 10).IntersectionOverUnion(new Box(10, 0, 20, 10)));
        Assert.Equal(0, default(Box).IntersectionOverUnion(default));
    }

    [Fact]
    public void A_box_turned_inside_out_has_no_area()
    {
        Assert.Equal(0, new Box(10, 10, 0, 0).Area);
    }
}
