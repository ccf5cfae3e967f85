using CabinMood.Vision.Capture;
using CabinMood.Vision.Tests.Support;

namespace CabinMood.Vision.Tests.Capture;

public sealed class CapturePipelineTests
{
    [Fact]
    public void A_format_that_changes_in_mid_stream_is_followed()
    {
        var sizes = Play(
            "videotestsrc num-buffers=3 ! video/x-raw,width=64,height=48 ! c. "
            + "videotestsrc num-buffers=2 ! video/x-raw,width=101,height=77 ! c. concat name=c");

        Assert.Equal([(64, 48), (64, 48), (64, 48), (101, 77), (101, 77)], sizes.Select(frame => (frame.Frame.Width, frame.Frame.Height)));
    }

    [Fact]
    public void Ten_bits_of_grey_in_sixteen_fill_the_whole_range()
    {
        // A ramp of 0..1020, as a camera with 10 bits gives it; keeping the high byte would leave 0..3.
        var words = Enumerable.Range(0, 128 * 96).SelectMany(i => BitConverter.GetBytes((ushort)(i % 128 * 8))).ToArray();
        using var folder = new TempFolder();
        File.WriteAllBytes(folder.File("ramp.raw"), words);

        var frame = Play($"filesrc location=\"{folder.File("ramp.raw")}\" blocksize={words.Length} ! rawvideoparse format=gray16-le width=128 height=96")[0].Frame;

        Assert.Equal(0, frame.Row(50)[0]);
        Assert.InRange(frame.Row(50)[64], 120, 136);
        Assert.Equal(255, frame.Row(50)[127]);
    }

    [Fact]
    public void An_unknown_element_is_named()
    {
        var exception = Assert.Throws<CaptureException>(() => Play("nosuchsource ! identity"));

        Assert.Contains("nosuchsource", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
    }

    [Fact]
    public void A_pull_allocates_nothing()
    {
        var uri = FrameSourceUri.Parse("videotestsrc num-buffers=60 ! video/x-raw,width=320,height=240");
        using var pipeline = new CapturePipeline(uri, LaunchLine.Lossless(uri), mirror: true);
        pipeline.Play();
        var buffer = new FrameBuffer();
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(PullOutcome.Frame, pipeline.TryPull(buffer, TimeSpan.FromSeconds(10), out _));
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 50; i++)
        {
            pipeline.TryPull(buffer, TimeSpan.FromSeconds(10), out _);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static List<FrameBuffer> Play(string line)
    {
        var uri = FrameSourceUri.Parse(line);
        using var pipeline = new CapturePipeline(uri, LaunchLine.Lossless(uri), mirror: false);
        pipeline.Play();
        var frames = new List<FrameBuffer>();
        for (var buffer = new FrameBuffer(); pipeline.TryPull(buffer, TimeSpan.FromSeconds(10), out _) == PullOutcome.Frame; buffer = new FrameBuffer())
        {
            frames.Add(buffer);
        }

        return frames;
    }
}
