using CabinMood.Vision.Capture;
using CabinMood.Vision.GStreamer;

namespace CabinMood.Vision.Tests.Capture;

public sealed class FrameClockTests
{
    private const ulong Second = 1_000_000_000;

    [Fact]
    public void Times_count_from_the_first_frame_whatever_its_timestamp()
    {
        var clock = new FrameClock();

        Assert.Equal(TimeSpan.Zero, clock.Next(100 * Second, default));
        Assert.Equal(TimeSpan.FromSeconds(2), clock.Next(102 * Second, default));
    }

    [Fact]
    public void A_loop_goes_on_where_the_last_round_ended()
    {
        var clock = new FrameClock();
        clock.Next(0, default);
        clock.Next(5 * Second, default);

        clock.Restart(TimeSpan.Zero);

        Assert.Equal(TimeSpan.FromSeconds(5.04), clock.Next(0, default));
        Assert.Equal(TimeSpan.FromSeconds(6.04), clock.Next(Second, default));
    }

    [Fact]
    public void After_a_pause_times_go_on_with_the_time_that_has_passed()
    {
        var clock = new FrameClock();
        clock.Next(0, default);

        clock.Restart(TimeSpan.FromSeconds(30));

        Assert.Equal(TimeSpan.FromSeconds(30), clock.Next(7 * Second, default));
    }

    [Fact]
    public void Times_never_go_backwards_and_missing_ones_are_taken_from_the_clock()
    {
        var clock = new FrameClock();
        clock.Next(Second, default);

        Assert.Equal(TimeSpan.FromSeconds(2), clock.Next(3 * Second, default));
        Assert.Equal(TimeSpan.FromSeconds(2), clock.Next(2 * Second, default));
        Assert.Equal(TimeSpan.FromSeconds(9), clock.Next(GStreamerNative.GST_CLOCK_TIME_NONE, TimeSpan.FromSeconds(9)));
    }
}
