using CabinMood.Vision.Illumination;
using CabinMood.Vision.Tests.Support;

namespace CabinMood.Vision.Tests.Illumination;

public sealed class StrobeGateTests
{
    private readonly StrobeGate _gate = new();

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Unlit_frames_of_a_strobed_lamp_are_told_from_lit_ones(int turn)
    {
        var random = new Random(1);
        for (var i = 0; i < 300; i++)
        {
            var isLit = i % turn == 0;
            var isUnlit = _gate.IsUnlit((isLit ? 120 : 35) + random.Next(-6, 7));
            if (i >= 3 * StrobeGate.Window)
            {
                Assert.True(_gate.IsEngaged);
                Assert.Equal(!isLit, isUnlit);
            }
            else
            {
                Assert.False(isLit && isUnlit);
            }
        }
    }

    [Fact]
    public void Two_lit_frames_in_three_are_strobing_as_well()
    {
        for (var i = 0; i < 100; i++)
        {
            var isUnlit = _gate.IsUnlit(i % 3 == 2 ? 30 : 110);
            Assert.Equal(i >= StrobeGate.Window - 1 && i % 3 == 2, isUnlit);
        }
    }

    [Fact]
    public void A_frame_that_the_camera_dropped_does_not_confuse_it()
    {
        var random = new Random(2);
        for (var i = 0; i < 600; i++)
        {
            if (random.Next(10) == 0)
            {
                continue;
            }

            var isUnlit = _gate.IsUnlit(i % 2 == 0 ? 120 : 35);
            if (i > 4 * StrobeGate.Window)
            {
                Assert.Equal(i % 2 != 0, isUnlit);
            }
        }
    }

    [Fact]
    public void A_tunnels_mouth_is_no_strobing_on_the_way_in_or_out()
    {
        for (var i = 0; i < 400; i++)
        {
            // Bright, then dark within two frames, then bright again, blinding at first.
            var brightness = i switch { < 100 => 140, 100 => 90, < 250 => 25, < 255 => 230, _ => 140 };
            Assert.False(_gate.IsUnlit(brightness));
        }

        Assert.False(_gate.IsEngaged);
    }

    [Fact]
    public void Lamps_in_a_tunnel_that_pass_now_and_then_are_no_strobing()
    {
        for (var i = 0; i < 400; i++)
        {
            Assert.False(_gate.IsUnlit(i % 20 < 4 ? 80 : 30));
        }
    }

    [Fact]
    public void Trees_beside_the_road_are_too_uneven_for_strobing()
    {
        var random = new Random(3);
        var dropped = 0;
        for (var i = 0; i < 2000; i++)
        {
            dropped += _gate.IsUnlit(random.Next(40, 160)) ? 1 : 0;
        }

        Assert.InRange(dropped, 0, 20);
    }

    [Fact]
    public void Noise_around_one_level_is_no_strobing()
    {
        var random = new Random(4);
        for (var i = 0; i < 2000; i++)
        {
            Assert.False(_gate.IsUnlit(80 + random.Next(-9, 10)));
        }
    }

    [Fact]
    public void When_the_strobing_ends_every_frame_counts_again_even_in_the_dark()
    {
        for (var i = 0; i < 60; i++)
        {
            _gate.IsUnlit(i % 2 == 0 ? 120 : 35);
        }

        Assert.True(_gate.IsEngaged);
        var dropped = Enumerable.Range(0, 100).Count(_ => _gate.IsUnlit(35));
        Assert.False(_gate.IsEngaged);
        Assert.InRange(dropped, 0, StrobeGate.Window);
    }

    [Fact]
    public void A_strobed_car_that_drives_into_a_tunnel_keeps_its_lit_frames()
    {
        for (var i = 0; i < 200; i++)
        {
            // Daylight falls on lit and unlit frames alike and then goes away.
            var daylight = i < 100 ? 40 : 0;
            var isUnlit = _gate.IsUnlit(daylight + (i % 2 == 0 ? 110 : 30));
            Assert.False(i % 2 == 0 && isUnlit && i is not (>= 100 and < 100 + StrobeGate.Window));
        }

        Assert.True(_gate.IsEngaged);
    }

    [Fact]
    public void Brightness_is_the_mean_of_the_picture()
    {
        Assert.Equal(77, Brightness.Of(Pictures.Flat(320, 240, 77).Frame));
        Assert.Equal(5, Brightness.Of(Pictures.Flat(3, 2, 5).Frame));
        Assert.InRange(Brightness.Of(Pictures.Waves(320, 240).Frame), 120, 136);
    }
}
