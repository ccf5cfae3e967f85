using CabinMood.Vision.GStreamer;

namespace CabinMood.Vision.Tests.Support;

/// <summary>Makes video and picture files with GStreamer's own test pattern.</summary>
internal static unsafe class Media
{
    /// <summary>A webm of the test pattern at 30 frames a second.</summary>
    public static string Webm(TempFolder folder, string name, int frames, int width = 320, int height = 240, string pattern = "ball")
    {
        Encode($"videotestsrc num-buffers={frames} pattern={pattern} ! video/x-raw,width={width},height={height},framerate=30/1 ! vp8enc deadline=1 ! webmmux", folder.File(name));
        return folder.File(name);
    }

    /// <summary>A picture of GStreamer's colour bars.</summary>
    public static string Picture(TempFolder folder, string name, string encoder = "pngenc", string pattern = "smpte", int width = 160, int height = 120)
    {
        Encode($"videotestsrc num-buffers=1 pattern={pattern} ! video/x-raw,width={width},height={height} ! videoconvert ! {encoder}", folder.File(name));
        return folder.File(name);
    }

    /// <summary>A file with sound and no picture.</summary>
    public static void Sound(TempFolder folder, string name) =>
        Encode("audiotestsrc num-buffers=20 ! audioconvert ! vorbisenc ! webmmux", folder.File(name));

    private static void Encode(string line, string path)
    {
        GStreamerLibrary.EnsureLoaded();
        GError* error = null;
        using var pipeline = GStreamerNative.gst_parse_launch($"{line} ! filesink location=\"{path}\"", &error);
        Assert.True(error is null, "The test's media cannot be made.");
        using var bus = GStreamerNative.gst_element_get_bus(pipeline);
        _ = GStreamerNative.gst_element_set_state(pipeline, GStreamerNative.GST_STATE_PLAYING);
        var message = GStreamerNative.gst_bus_timed_pop_filtered(
            bus, GStreamerNative.GST_CLOCK_TIME_NONE, GStreamerNative.GST_MESSAGE_EOS | GStreamerNative.GST_MESSAGE_ERROR);
        var type = message->Type;
        GStreamerNative.gst_mini_object_unref((nint)message);
        _ = GStreamerNative.gst_element_set_state(pipeline, GStreamerNative.GST_STATE_NULL);
        Assert.Equal(GStreamerNative.GST_MESSAGE_EOS, type);
    }
}
