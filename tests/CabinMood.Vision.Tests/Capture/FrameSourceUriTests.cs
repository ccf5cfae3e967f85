using CabinMood.Vision.Capture;
using CabinMood.Vision.Tests.Support;

namespace CabinMood.Vision.Tests.Capture;

public sealed class FrameSourceUriTests
{
    [Theory]
    [InlineData("/dev/video0", FrameSourceKind.Device, "/dev/video0")]
    [InlineData("clips/drive.webm", FrameSourceKind.File, "clips/drive.webm")]
    [InlineData(" file:///tmp/a%20b.mp4 ", FrameSourceKind.File, "/tmp/a b.mp4")]
    [InlineData("face.PNG", FrameSourceKind.Image, "face.PNG")]
    [InlineData("scan.tiff", FrameSourceKind.Image, "scan.tiff")]
    [InlineData("pictures/", FrameSourceKind.Folder, "pictures/")]
    [InlineData("rtsp://camera/stream", FrameSourceKind.Rtsp, "rtsp://camera/stream")]
    [InlineData("test:", FrameSourceKind.Test, "")]
    [InlineData("test:ball", FrameSourceKind.Test, "ball")]
    [InlineData("libcamerasrc ! video/x-raw,width=1280", FrameSourceKind.Launch, "libcamerasrc ! video/x-raw,width=1280")]
    public void Every_kind_of_source_is_recognised(string text, FrameSourceKind kind, string location) =>
        Assert.Equal(new FrameSourceUri(kind, location), FrameSourceUri.Parse(text));

    [Fact]
    public void A_folder_that_exists_needs_no_slash()
    {
        using var folder = new TempFolder();

        Assert.Equal(FrameSourceKind.Folder, FrameSourceUri.Parse(folder.Path).Kind);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("http://camera/stream")]
    [InlineData("test:ball name=x")]
    public void What_is_no_source_is_refused(string text) => Assert.Throws<FormatException>(() => FrameSourceUri.Parse(text));

    [Fact]
    public void What_is_refused_is_named_without_its_password() =>
        Assert.DoesNotContain("secret", Assert.Throws<FormatException>(() => FrameSourceUri.Parse("http://user:secret@camera/stream")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_password_is_never_shown()
    {
        Assert.Equal("rtsp://camera:554/stream", FrameSourceUri.Parse("rtsp://user:secret@camera:554/stream").Display);
        Assert.Equal("rtsp://camera/stream", FrameSourceUri.Parse("rtsp://user:sec/r@et@camera/stream").Display);
        Assert.Equal("rtsp://camera/stream", FrameSourceUri.Parse("rtsp://camera/stream?user=u&password=secret").Display);
        Assert.Equal("rtsp://camera:554/stream", FrameSourceUri.Parse("rtsp://camera:554/stream").Display);
        Assert.Equal("launch line", FrameSourceUri.Parse("rtspsrc location=rtsp://user:secret@camera ! decodebin").Display);
    }

    [Fact]
    public void A_text_that_repeats_the_address_loses_the_password_and_nothing_else()
    {
        var source = FrameSourceUri.Parse("rtsp://user:secret@camera:554/stream");

        Assert.Equal("cannot open rtsp://camera:554/stream: no route", source.WithoutPassword("cannot open rtsp://user:secret@camera:554/stream: no route"));
        Assert.Equal(
            "cannot open rtsp://camera: no route",
            FrameSourceUri.Parse("rtspsrc location=rtsp://user:secret@camera ! decodebin").WithoutPassword("cannot open rtsp://user:secret@camera: no route"));
        Assert.Equal("Could not read.", source.WithoutPassword("Could not read."));
    }

    [Theory]
    [InlineData("/dev/video0", true)]
    [InlineData("rtsp://camera", true)]
    [InlineData("test:", true)]
    [InlineData("drive.webm", false)]
    [InlineData("face.png", false)]
    public void Only_recordings_end(string text, bool isLive) => Assert.Equal(isLive, FrameSourceUri.Parse(text).IsLive);
}
