using CabinMood.Vision.Capture;
using CabinMood.Vision.Detection;
using CabinMood.Vision.Tests.Support;

namespace CabinMood.Vision.Tests.Detection;

public sealed class ObscuredViewTests
{
    [Theory]
    [InlineData(0)] // dark
    [InlineData(20)] // dark with a lifted black level
    [InlineData(128)] // something grey on the lens
    [InlineData(255)] // blinded
    public void A_picture_of_one_brightness_is_obscured(byte value) =>
        Assert.True(ObscuredView.IsObscured(Pictures.Flat(640, 480, value).Frame));

    [Fact]
    public void A_dark_picture_with_sensor_noise_is_obscured()
    {
        var random = new Random(1);
        var noise = Pictures.Change(Pictures.Flat(640, 480, 12), default, (_, _, value) => (byte)(value + random.Next(-10, 11)));

        Assert.True(ObscuredView.IsObscured(noise.Frame));
    }

    [Fact]
    public void The_sun_in_most_of_the_picture_blinds()
    {
        var waves = Pictures.Waves(640, 480);

        Assert.True(ObscuredView.IsObscured(Pictures.Change(waves, default, (x, _, value) => x < 450 ? (byte)255 : value).Frame));
        Assert.False(ObscuredView.IsObscured(Pictures.Change(waves, default, (x, _, value) => x < 200 ? (byte)255 : value).Frame));
    }

    [Fact]
    public void A_lit_face_before_black_is_not_obscured()
    {
        // 60x80 px of skin in a black cabin: 1.6 % of a picture of 640x480, what an infra-red lamp lights at night.
        var frame = Pictures.Change(
            Pictures.Flat(640, 480, 4), default, (x, y, value) => x is > 300 and < 360 && y is > 200 and < 280 ? (byte)120 : value);

        Assert.False(ObscuredView.IsObscured(frame.Frame));
    }

    [Fact]
    public void A_drawn_cabin_is_not_obscured() =>
        Assert.False(ObscuredView.IsObscured(Pictures.Read(Repository.Golden("drawn-face.png")).Frame));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 100)]
    [InlineData(65, 49)]
    public void Small_and_odd_frames_are_read_within_their_bounds(int width, int height)
    {
        Assert.True(ObscuredView.IsObscured(Pictures.Flat(width, height, 3).Frame));
        Assert.True(ObscuredView.IsObscured(new Frame(new byte[width * height], width, height, width)));
    }
}
