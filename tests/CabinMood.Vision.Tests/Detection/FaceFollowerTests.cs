using CabinMood.Core.Faces;
using CabinMood.Vision.Capture;
using CabinMood.Vision.Detection;
using CabinMood.Vision.Tests.Support;

namespace CabinMood.Vision.Tests.Detection;

public sealed class FaceFollowerTests : IDisposable
{
    private readonly FaceDetector _fullFrame = Nets.Detector();
    private readonly FaceDetector _window = Nets.Detector(160, 128);
    private readonly FrameBuffer _picture = Pictures.Read(Repository.Golden("cabin-frame.png"));

    [Fact]
    public void The_whole_frame_is_searched_at_first_and_then_once_a_second()
    {
        var follower = Follower(DriverZone.ImageLeft);

        var searches = Enumerable.Range(0, 31).Select(i => Find(follower, At(i * 0.1)).IsFullFrame).ToArray();

        Assert.Equal([0, 10, 20, 30], Enumerable.Range(0, searches.Length).Where(i => searches[i]));
    }

    [Fact]
    public void A_moving_head_is_followed_in_the_window()
    {
        var follower = Follower(DriverZone.Whole);
        for (var i = 0; i < 10; i++)
        {
            // 4 px a frame: the passenger's half is made grey, so that there is one head.
            var shift = i * 4;
            var frame = Pictures.Change(_picture, TimeSpan.FromSeconds(i * 0.05), (x, y, _) => x - shift is >= 0 and < 150 ? Pixel(x - shift, y) : (byte)90);

            var (found, face, isFullFrame) = Find(follower, frame);

            Assert.True(found);
            Assert.Equal(i == 0, isFullFrame);
            Assert.InRange(face.Box.CenterX - shift, 80, 100);
        }
    }

    [Fact]
    public void A_head_that_vanishes_is_looked_for_everywhere_at_once()
    {
        var follower = Follower(DriverZone.Whole);
        Find(follower, Pictures.Change(_picture, TimeSpan.Zero, (x, _, value) => x < 150 ? value : (byte)90));

        // The driver is gone, the other head appears: it is found in the same frame, by a search of the whole.
        var (found, face, isFullFrame) = Find(follower, Pictures.Change(_picture, TimeSpan.FromSeconds(0.1), (x, _, value) => x < 150 ? (byte)90 : value));

        Assert.True(found);
        Assert.True(isFullFrame);
        Assert.InRange(face.Box.CenterX, 200, 260);
    }

    [Theory]
    [InlineData("image-left", 60, 120)]
    [InlineData("image-right", 200, 260)]
    public void Only_the_zones_own_face_is_handed_over(string zone, float from, float to)
    {
        var follower = Follower(Zone(zone));
        for (var i = 0; i < 25; i++)
        {
            var (found, face, _) = Find(follower, At(i * 0.1));

            Assert.True(found);
            Assert.InRange(face.Box.CenterX, from, to);
        }
    }

    [Fact]
    public void An_empty_zone_is_empty_and_never_somebody_elses_face()
    {
        var follower = Follower(DriverZone.ImageLeft);
        Assert.True(Find(follower, At(0)).Found);

        for (var i = 1; i < 25; i++)
        {
            // The driver has left; the passenger is in full view.
            var frame = Pictures.Change(_picture, TimeSpan.FromSeconds(i * 0.1), (x, _, value) => x < 150 ? (byte)90 : value);

            Assert.False(Find(follower, frame).Found);
        }
    }

    [Fact]
    public void Faces_below_the_smallest_width_do_not_count()
    {
        // Of the two people in the picture the driver's face is the wider one; how wide, depends on the net.
        var width = Find(Follower(DriverZone.Whole), At(0)).Face.Box.Width;

        Assert.True(Find(Follower(DriverZone.Whole, minFacePx: width - 1), At(0)).Found);
        Assert.False(Find(Follower(DriverZone.Whole, minFacePx: width + 1), At(0)).Found);
    }

    [Fact]
    public void Another_frame_size_and_a_time_that_goes_back_begin_anew()
    {
        var follower = Follower(DriverZone.ImageLeft);
        Find(follower, At(5));
        Assert.False(Find(follower, At(5.1)).IsFullFrame);
        Assert.True(Find(follower, At(3)).IsFullFrame);
        Assert.False(Find(follower, At(3.1)).IsFullFrame);
        Assert.True(Find(follower, Pictures.Read(Repository.Golden("drawn-face.png"))).IsFullFrame);
    }

    public void Dispose()
    {
        _fullFrame.Dispose();
        _window.Dispose();
    }

    private static (bool Found, DetectedFace Face, bool IsFullFrame) Find(FaceFollower follower, FrameBuffer buffer)
    {
        var timings = default(StageTimings);
        var found = follower.TryFind(buffer.Frame, out var face, ref timings);
        return (found, face, timings.IsFullFrame);
    }

    private static DriverZone Zone(string text)
    {
        Assert.True(DriverZone.TryParse(text, out var zone));
        return zone;
    }

    private FaceFollower Follower(DriverZone zone, float minFacePx = 24) => new(_fullFrame, _window, zone, TimeSpan.FromSeconds(1), minFacePx);

    private FrameBuffer At(double seconds) => Pictures.Change(_picture, TimeSpan.FromSeconds(seconds));

    private byte Pixel(int x, int y) => _picture.Frame.Row(y)[x];
}
