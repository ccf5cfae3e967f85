using CabinMood.Core.Faces;

namespace CabinMood.Core.Tests.Faces;

public class DriverZoneTests
{
    [Theory]
    [InlineData("image-left", 0, 0, 0.5f, 1)]
    [InlineData("image-right", 0.5f, 0, 1, 1)]
    [InlineData("whole", 0, 0, 1, 1)]
    [InlineData("0,0.1,0.6,1", 0, 0.1f, 0.6f, 1)]
    [InlineData(" 0, 0.1 ,0.6,1\n", 0, 0.1f, 0.6f, 1)]
    [InlineData("image-right\n", 0.5f, 0, 1, 1)]
    public void A_zone_is_a_preset_or_four_fractions(string text, float left, float top, float right, float bottom)
    {
        Assert.True(DriverZone.TryParse(text, out var zone));
        Assert.Equal(new Box(left, top, right, bottom), zone.Fractions);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("left")]
    [InlineData("0,0,1")]
    [InlineData("0,0,1,1,1")]
    [InlineData("0.5,0,0.5,1")]
    [InlineData("0.6,0,0.5,1")]
    [InlineData("0,0,1,1.1")]
    [InlineData("-0.1,0,1,1")]
    [InlineData("0,0,NaN,1")]
    [InlineData("0,0,Infinity,1")]
    public void What_is_no_zone_is_refused_and_contains_nobody(string? text)
    {
        Assert.False(DriverZone.TryParse(text, out var zone));
        Assert.False(zone.Contains(new Box(300, 200, 340, 240), 640, 480));
    }

    [Fact]
    public void A_face_on_the_line_belongs_to_exactly_one_half()
    {
        var face = new Box(310, 200, 330, 240);
        Assert.False(DriverZone.ImageLeft.Contains(face, 640, 480));
        Assert.True(DriverZone.ImageRight.Contains(face, 640, 480));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(-1e9f)]
    public void A_face_that_is_nowhere_belongs_to_no_zone(float place)
    {
        Assert.False(DriverZone.Whole.Contains(new Box(place, place, place, place), 640, 480));
    }

    [Fact]
    public void A_frame_without_size_has_no_driver()
    {
        Assert.False(DriverZone.Whole.Contains(new Box(0, 0, 0, 0), 0, 0));
    }
}
