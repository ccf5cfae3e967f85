using System.Collections.Concurrent;
using System.Diagnostics;
using CabinMood.Vision.Capture;
using CabinMood.Vision.Tests.Support;

namespace CabinMood.Vision.Tests.Capture;

public sealed class GStreamerFrameSourceTests
{
    /// <summary>How long a test waits for something that does happen; it never waits that long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public void Frames_of_the_test_pattern_arrive_and_cease_when_it_is_closed()
    {
        using var source = new Observed("test:");
        var buffer = new FrameBuffer();

        source.Source.Open();
        Assert.True(source.Source.WaitForFrame(buffer, Patience));
        Assert.Equal((640, 480), (buffer.Frame.Width, buffer.Frame.Height));
        Assert.Equal(CaptureState.Opening, source.Next().State);
        Assert.Equal(CaptureState.Playing, source.Next().State);

        source.Source.Close();
        Assert.Equal(CaptureState.Closed, source.Source.State);
        Assert.False(source.Source.TryTake(buffer));
        Assert.False(source.Source.WaitForFrame(buffer, Patience));
    }

    [Fact]
    public void Closing_takes_less_than_a_fifth_of_a_second()
    {
        using var source = new Observed("test:");
        source.Source.Open();
        source.Source.WaitForFrame(new FrameBuffer(), Patience);

        var start = Stopwatch.GetTimestamp();
        source.Source.Close();

        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalMilliseconds, 0, 200);
    }

    [Fact]
    public void A_driver_that_gives_no_frame_and_hangs_when_it_is_closed_is_stuck()
    {
        using var source = new GStreamerFrameSource(
            new CameraOptions { Source = "videotestsrc is-live=true ! identity sleep-time=4000000", StallSeconds = 1 }, TimeProvider.System);

        source.Open();

        Assert.True(SpinWait.SpinUntil(() => source.IsStuck(TimeSpan.FromSeconds(1)), Patience));
    }

    [Fact]
    public void A_closed_source_can_be_opened_again_and_its_time_goes_on()
    {
        using var source = new Observed("test:");
        var buffer = new FrameBuffer();
        source.Source.Open();
        source.Source.WaitForFrame(buffer, Patience);
        source.Source.Close();
        var (time, sequence) = (buffer.Frame.Timestamp, buffer.Frame.Sequence);

        source.Source.Open();
        Assert.True(source.Source.WaitForFrame(buffer, Patience));

        Assert.True(buffer.Frame.Timestamp >= time);
        Assert.True(buffer.Frame.Sequence > sequence);
    }

    [Fact]
    public void A_file_ends_once_it_has_been_played()
    {
        using var folder = new TempFolder();
        using var source = new Observed(Media.Webm(folder, "short.webm", frames: 6));
        source.Source.Open();

        Assert.Equal(
            [CaptureState.Opening, CaptureState.Playing, CaptureState.EndOfStream],
            [source.Next().State, source.Next().State, source.Next().State]);
        Assert.Equal(6, source.Source.CapturedFrames);
    }

    [Fact]
    public void A_looped_file_goes_on_and_its_time_never_goes_back()
    {
        using var folder = new TempFolder();
        using var source = new Observed(Media.Webm(folder, "short.webm", frames: 6), loop: true);
        source.Source.Open();
        var buffer = new FrameBuffer();
        var last = TimeSpan.MinValue;
        while (source.Source.CapturedFrames <= 15)
        {
            Assert.True(source.Source.WaitForFrame(buffer, Patience));
            Assert.True(buffer.Frame.Timestamp > last);
            last = buffer.Frame.Timestamp;
        }
    }

    [Fact]
    public void A_looped_file_that_is_emptied_while_it_is_shown_fails_and_is_tried_again_with_growing_pauses()
    {
        using var folder = new TempFolder();
        // Noise, so that it is larger than what a demuxer keeps of a file.
        var file = Media.Webm(folder, "short.webm", frames: 6, pattern: "snow");
        var time = new ManualTime();
        using var source = new Observed(file, loop: true, time);
        source.Source.Open();
        Assert.Equal(CaptureState.Opening, source.Next().State);
        Assert.Equal(CaptureState.Playing, source.Next().State);

        File.WriteAllBytes(file, []);

        var failed = source.Next();
        Assert.Equal(CaptureState.Failed, failed.State);
        Assert.StartsWith(file, failed.Reason, StringComparison.Ordinal);
        foreach (var pause in new[] { 0.5, 1, 2 })
        {
            var backOff = source.Next();
            Assert.Equal((CaptureState.BackOff, TimeSpan.FromSeconds(pause)), (backOff.State, backOff.RetryIn));
            source.AdvanceUntilItMoves(time, backOff.RetryIn);
            Assert.Equal(CaptureState.Opening, source.Next().State);
            Assert.Equal(CaptureState.Failed, source.Next().State);
        }
    }

    [Fact]
    public void A_picture_is_shown_again_and_again()
    {
        using var folder = new TempFolder();
        using var source = new Observed(Media.Picture(folder, "bars.png"), time: TimeProvider.System);
        source.Source.Open();
        var buffer = new FrameBuffer();
        for (var i = 0; i < 3; i++)
        {
            Assert.True(source.Source.WaitForFrame(buffer, Patience));
            Assert.Equal((160, 120), (buffer.Frame.Width, buffer.Frame.Height));
        }
    }

    [Fact]
    public void Closing_a_folder_reads_none_of_the_pictures_that_are_left()
    {
        using var folder = new TempFolder();
        Media.Picture(folder, "1.png");
        File.WriteAllText(folder.File("2.png"), "no picture");
        using var source = new Observed(folder.Path, time: new ManualTime());
        source.Source.Open();
        Assert.Equal(CaptureState.Opening, source.Next().State);
        Assert.Equal(CaptureState.Playing, source.Next().State);

        source.Source.Close();

        Assert.Equal(CaptureState.Closed, source.Next().State);
    }

    [Fact]
    public void The_pictures_of_a_folder_are_shown_for_a_second_each_and_end_or_begin_again()
    {
        using var folder = new TempFolder();
        Media.Picture(folder, "1.png", width: 160);
        Media.Picture(folder, "2.png", width: 64);
        Assert.Equal([.. Widths(10, 160), .. Widths(10, 64)], Shown(folder, loop: false));
        Assert.Equal([.. Widths(10, 160), .. Widths(10, 64), .. Widths(5, 160)], Shown(folder, loop: true));

        static IEnumerable<int> Widths(int count, int width) => Enumerable.Repeat(width, count);
        static IEnumerable<int> Shown(TempFolder folder, bool loop)
        {
            using var show = new PictureShow(
                new FrameSourceUri(FrameSourceKind.Folder, folder.Path), new CameraOptions { Loop = loop }, new NativeWatch(TimeProvider.System));
            var buffer = new FrameBuffer();
            for (var i = 0; i < 25 && show.TryFill(buffer); i++)
            {
                yield return buffer.Frame.Width;
            }
        }
    }

    [Fact]
    public void A_missing_device_is_tried_again_with_growing_pauses()
    {
        var time = new ManualTime();
        using var source = new Observed("/dev/video99", time: time);
        source.Source.Open();

        foreach (var pause in new[] { 0.5, 1, 2, 4, 8, 10, 10 })
        {
            Assert.Equal(CaptureState.Opening, source.Next().State);
            var failed = source.Next();
            Assert.Equal(CaptureState.Failed, failed.State);
            Assert.Equal("/dev/video99: no such device; plug in the camera or set Camera:Source", failed.Reason);
            var backOff = source.Next();
            Assert.Equal((CaptureState.BackOff, TimeSpan.FromSeconds(pause)), (backOff.State, backOff.RetryIn));
            source.AdvanceUntilItMoves(time, backOff.RetryIn);
        }
    }

    [Fact]
    public void Closing_interrupts_a_pause()
    {
        using var source = new Observed("/dev/video99", time: new ManualTime());
        source.Source.Open();
        source.Next();
        source.Next();
        Assert.Equal(CaptureState.BackOff, source.Next().State);

        source.Source.Close();

        Assert.Equal(CaptureState.Closed, source.Next().State);
    }

    [Fact]
    public void The_end_of_a_live_stream_is_a_failure()
    {
        using var source = new Observed("videotestsrc num-buffers=3 ! video/x-raw,width=64,height=48", time: new ManualTime());
        source.Source.Open();

        Assert.Equal(CaptureState.Opening, source.Next().State);
        Assert.Equal(CaptureState.Playing, source.Next().State);
        Assert.Equal(new CaptureStateChange(CaptureState.Failed, "launch line: the stream ended"), source.Next());
    }

    [Fact]
    public void A_camera_that_sends_nothing_is_reopened_after_the_stall_time()
    {
        var time = new ManualTime();
        using var source = new Observed("videotestsrc is-live=true ! valve drop=true", time: time);
        source.Source.Open();
        Assert.Equal(CaptureState.Opening, source.Next().State);

        source.AdvanceUntilItMoves(time, TimeSpan.FromSeconds(6));

        Assert.Equal(new CaptureStateChange(CaptureState.Failed, "launch line: no frame for 5 s"), source.Next());
    }

    [Fact]
    public void A_text_file_as_video_fails_with_a_clear_reason()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("text.mp4"), "This is a text and no video. It goes on for a while, so that there is something to look at.");
        using var source = new Observed(folder.File("text.mp4"), time: new ManualTime());
        source.Source.Open();

        source.Next();
        Assert.Contains("no video or picture that GStreamer knows", source.Next().Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/dev/null", "/dev/null: no camera, or taken by another program (")]
    [InlineData("rtsp://user:secret@127.0.0.1:9/none", "rtsp://127.0.0.1:9/none: the stream cannot be opened or was lost (")]
    [InlineData("test:nosuchpattern", "test:nosuchpattern: ")]
    public void What_is_no_camera_says_so_in_one_line(string uri, string reason)
    {
        using var source = new Observed(uri, time: new ManualTime());
        source.Source.Open();

        source.Next();
        var failed = source.Next();

        Assert.Equal(CaptureState.Failed, failed.State);
        Assert.StartsWith(reason, failed.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failed.Reason);
        Assert.DoesNotContain("secret", failed.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_capture_thread_allocates_nothing_per_frame()
    {
        using var source = new Observed("videotestsrc is-live=true ! video/x-raw,width=160,height=120,framerate=200/1");
        source.Source.Open();
        var buffer = new FrameBuffer();
        while (source.Source.CapturedFrames < 50)
        {
            Assert.True(source.Source.WaitForFrame(buffer, Patience));
        }

        var before = source.Source.AllocatedBytes;
        while (source.Source.CapturedFrames < 250)
        {
            Assert.True(source.Source.WaitForFrame(buffer, Patience));
        }

        Assert.Equal(before, source.Source.AllocatedBytes);
    }

    /// <summary>A source whose states are kept in order.</summary>
    private sealed class Observed : IDisposable
    {
        private readonly BlockingCollection<CaptureStateChange> _changes = [];

        public Observed(string source, bool loop = false, TimeProvider? time = null)
        {
            Source = new GStreamerFrameSource(new CameraOptions { Source = source, Loop = loop }, time ?? TimeProvider.System);
            Source.StateChanged += _changes.Add;
        }

        public GStreamerFrameSource Source { get; }

        public CaptureStateChange Next()
        {
            Assert.True(_changes.TryTake(out var change, Patience), "The source's state does not change.");
            return change;
        }

        /// <summary>The thread may not have come to wait yet when its state is seen, so the clock is moved until it has.</summary>
        public void AdvanceUntilItMoves(ManualTime time, TimeSpan step)
        {
            var start = Stopwatch.GetTimestamp();
            while (_changes.Count == 0 && Stopwatch.GetElapsedTime(start) < Patience)
            {
                time.Advance(step);
                Thread.Yield();
            }
        }

        public void Dispose()
        {
            Source.Dispose();
            _changes.Dispose();
        }
    }
}
