using CabinMood.Vision.Capture;
using CabinMood.Vision.Tests.Support;

namespace CabinMood.Vision.Tests.Capture;

public sealed class SequentialFrameReaderTests
{
    [Fact]
    public void Every_frame_of_a_video_comes_once_and_in_order()
    {
        using var folder = new TempFolder();
        using var reader = Open(Media.Webm(folder, "thirty.webm", frames: 30));
        var buffer = new FrameBuffer();
        var timestamps = new List<TimeSpan>();

        while (reader.TryRead(buffer))
        {
            Assert.Equal((320, 240), (buffer.Frame.Width, buffer.Frame.Height));
            Assert.Equal(timestamps.Count, buffer.Frame.Sequence);
            timestamps.Add(buffer.Frame.Timestamp);
        }

        Assert.Equal(30, timestamps.Count);
        Assert.Equal(timestamps.Order(), timestamps);
        Assert.Equal(29 / 30.0, timestamps[^1].TotalSeconds, 0.002);
        Assert.Equal(30, reader.FramesPerSecond, 0.01);
        Assert.Equal(1, reader.Duration!.Value.TotalSeconds, 0.05);
        Assert.False(reader.TryRead(buffer));
    }

    [Fact]
    public void A_video_that_was_cut_in_half_gives_its_first_half()
    {
        using var folder = new TempFolder();
        var whole = File.ReadAllBytes(Media.Webm(folder, "whole.webm", frames: 60));
        File.WriteAllBytes(folder.File("half.webm"), whole[..(whole.Length / 2)]);
        using var reader = Open(folder.File("half.webm"));
        var buffer = new FrameBuffer();

        var count = 0;
        while (reader.TryRead(buffer))
        {
            count++;
        }

        Assert.InRange(count, 1, 59);
    }

    [Fact]
    public void Black_stays_black_and_white_stays_white()
    {
        using var folder = new TempFolder();

        // Video codes luma as 16..235; the nets learnt from 0..255.
        Assert.InRange(Middle(Media.Webm(folder, "white.webm", 2, pattern: "white")), 253, 255);
        Assert.InRange(Middle(Media.Webm(folder, "black.webm", 2, pattern: "black")), 0, 2);
        Assert.InRange(Middle(Media.Picture(folder, "white.png", pattern: "white")), 253, 255);
        Assert.InRange(Middle(Media.Picture(folder, "black.png", pattern: "black")), 0, 2);
    }

    [Fact]
    public void A_folder_gives_its_pictures_by_name_each_in_its_own_size()
    {
        using var folder = new TempFolder();
        Media.Picture(folder, "b.jpg", "jpegenc", width: 64, height: 48);
        Media.Picture(folder, "a.png", width: 161, height: 121);
        File.WriteAllText(folder.File("notes.txt"), "no picture");
        using var reader = Open(folder.Path);
        var buffer = new FrameBuffer();

        Assert.Equal(2, reader.PictureCount);
        Assert.True(reader.TryRead(buffer));
        Assert.Equal((161, 121, folder.File("a.png")), (buffer.Frame.Width, buffer.Frame.Height, reader.CurrentPath));
        Assert.True(reader.TryRead(buffer));
        Assert.Equal((64, 48, folder.File("b.jpg")), (buffer.Frame.Width, buffer.Frame.Height, reader.CurrentPath));
        Assert.False(reader.TryRead(buffer));
    }

    [Fact]
    public void After_a_broken_picture_the_next_one_is_read()
    {
        using var folder = new TempFolder();
        Media.Picture(folder, "a.png");
        File.WriteAllText(folder.File("b.png"), "not a picture at all, but long enough to be looked at as one would look at a picture");
        Media.Picture(folder, "c.png");
        using var reader = Open(folder.Path);
        var buffer = new FrameBuffer();

        Assert.True(reader.TryRead(buffer));
        Assert.Contains("b.png", Assert.Throws<CaptureException>(() => reader.TryRead(buffer)).Message, StringComparison.Ordinal);
        Assert.True(reader.TryRead(buffer));
        Assert.Equal(folder.File("c.png"), reader.CurrentPath);
    }

    [Theory]
    [InlineData("text.mp4", "no video or picture that GStreamer knows")]
    [InlineData("text.png", "no video or picture that GStreamer knows")]
    [InlineData("none.mp4", "no such file")]
    [InlineData("none.png", "no such file")]
    [InlineData("none/", "no such folder")]
    [InlineData("empty/", "no pictures in this folder")]
    [InlineData("sound.webm", "no video")]
    public void What_cannot_be_read_says_so_in_one_line(string name, string expected)
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("text.mp4"), "This is a text and no video. It goes on for a while, so that there is something to look at.");
        File.Copy(folder.File("text.mp4"), folder.File("text.png"));
        Directory.CreateDirectory(folder.File("empty"));
        Media.Sound(folder, "sound.webm");

        var exception = Assert.Throws<CaptureException>(() =>
        {
            using var reader = Open(folder.File(name));
            reader.TryRead(new FrameBuffer());
        });

        Assert.StartsWith(folder.File(name), exception.Message, StringComparison.Ordinal);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
    }

    [Fact]
    public void A_camera_is_no_recording() =>
        Assert.Throws<CaptureException>(() => new SequentialFrameReader(FrameSourceUri.Parse("test:")).Dispose());

    [Fact]
    public void Mirroring_swaps_left_and_right()
    {
        using var folder = new TempFolder();
        var path = Media.Picture(folder, "bars.png", width: 161);
        var plain = new FrameBuffer();
        var mirrored = new FrameBuffer();
        using var reader = Open(path);
        reader.TryRead(plain);
        using var mirroring = new SequentialFrameReader(FrameSourceUri.Parse(path), mirror: true);
        mirroring.TryRead(mirrored);

        for (var y = 0; y < plain.Frame.Height; y++)
        {
            Assert.Equal(plain.Frame.Row(y).ToArray().Reverse(), mirrored.Frame.Row(y).ToArray());
        }
    }

    private static SequentialFrameReader Open(string path) => new(FrameSourceUri.Parse(path));

    private static byte Middle(string path) => Pictures.Read(path).Frame.Row(60)[80];
}
