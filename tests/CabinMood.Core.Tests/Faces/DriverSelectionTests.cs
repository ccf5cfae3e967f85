using CabinMood.Core.Faces;

namespace CabinMood.Core.Tests.Faces;

public class DriverSelectionTests
{
    [Fact]
    public void An_empty_zone_is_nobody_and_never_somebody_else()
    {
        Assert.Equal(-1, Choose([Face(400, 100, 200)], DriverZone.ImageLeft));
        Assert.Equal(-1, Choose([], DriverZone.Whole));
    }

    [Fact]
    public void The_largest_face_in_the_zone_is_the_drivers()
    {
        Assert.Equal(1, Choose([Face(20, 20, 40), Face(100, 100, 90), Face(400, 100, 200)], DriverZone.ImageLeft));
    }

    [Fact]
    public void Somebody_leaning_in_does_not_take_over()
    {
        var driver = Face(100, 100, 80);
        var passenger = Face(180, 100, 130);
        Assert.Equal(0, Choose([driver, passenger], DriverZone.ImageLeft, Face(104, 98, 80).Box));
    }

    [Fact]
    public void A_lost_place_gives_way_to_the_largest_face()
    {
        Assert.Equal(0, Choose([Face(100, 100, 80)], DriverZone.ImageLeft, new Box(0, 300, 50, 350)));
    }

    [Fact]
    public void Boxes_that_are_no_numbers_are_passed_over()
    {
        var broken = new DetectedFace(new Box(float.NaN, 0, 10, 10), 1, default);
        Assert.Equal(1, Choose([broken, Face(100, 100, 80)], DriverZone.Whole, new Box(float.NaN, 0, 0, 0)));
    }

    private static int Choose(DetectedFace[] faces, DriverZone zone, Box? last = null) =>
        DriverSelection.Choose(faces, zone, 640, 480, last);

    private static DetectedFace Face(float left, float top, float size) => new(new Box(left, top, left + size, top + size), 0.9f, default);
}
