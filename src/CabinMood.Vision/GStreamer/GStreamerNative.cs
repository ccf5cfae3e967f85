using System.Runtime.InteropServices;

namespace CabinMood.Vision.GStreamer;

/// <summary>The part of GStreamer 1.x's C API that CabinMood uses. Names and constants are GStreamer's own.</summary>
internal static unsafe partial class GStreamerNative
{
    public const int GST_STATE_NULL = 1;
    public const int GST_STATE_PAUSED = 3;
    public const int GST_STATE_PLAYING = 4;
    public const int GST_STATE_CHANGE_FAILURE = 0;
    public const int GST_MESSAGE_EOS = 1 << 0;
    public const int GST_MESSAGE_ERROR = 1 << 1;
    public const int GST_FORMAT_TIME = 3;
    public const int GST_SEEK_FLAG_FLUSH = 1 << 0;
    public const int GST_SEEK_FLAG_KEY_UNIT = 1 << 2;
    public const int GST_MAP_READ = 1 << 0;
    public const int GST_VIDEO_FORMAT_I420 = 2;
    public const int GST_VIDEO_FORMAT_YV12 = 3;
    public const int GST_VIDEO_FORMAT_Y42B = 18;
    public const int GST_VIDEO_FORMAT_Y444 = 20;
    public const int GST_VIDEO_FORMAT_NV12 = 23;
    public const int GST_VIDEO_FORMAT_NV21 = 24;
    public const int GST_VIDEO_FORMAT_GRAY8 = 25;
    public const int GST_VIDEO_FORMAT_GRAY16_LE = 27;
    public const int GST_VIDEO_COLOR_RANGE_16_235 = 2;
    public const ulong GST_CLOCK_TIME_NONE = ulong.MaxValue;
    public const nuint G_TYPE_STRING = 16 << 2;

    private const string Gst = "libgstreamer-1.0.so.0";
    private const string App = "libgstapp-1.0.so.0";
    private const string Video = "libgstvideo-1.0.so.0";
    private const string GObject = "libgobject-2.0.so.0";
    private const string GLib = "libglib-2.0.so.0";

    [LibraryImport(Gst)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool gst_init_check(int* argc, byte*** argv, GError** error);

    [LibraryImport(Gst)]
    public static partial void gst_version(out uint major, out uint minor, out uint micro, out uint nano);

    [LibraryImport(Gst, StringMarshalling = StringMarshalling.Utf8)]
    public static partial GstObjectHandle gst_parse_launch(string description, GError** error);

    [LibraryImport(Gst, StringMarshalling = StringMarshalling.Utf8)]
    public static partial GstObjectHandle gst_bin_get_by_name(GstObjectHandle bin, string name);

    [LibraryImport(Gst)]
    public static partial int gst_element_set_state(GstObjectHandle element, int state);

    [LibraryImport(Gst)]
    public static partial int gst_element_get_state(GstObjectHandle element, out int state, out int pending, ulong timeoutNs);

    [LibraryImport(Gst)]
    public static partial GstObjectHandle gst_element_get_bus(GstObjectHandle element);

    [LibraryImport(Gst)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool gst_element_query_duration(GstObjectHandle element, int format, out long duration);

    [LibraryImport(Gst)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool gst_element_seek_simple(GstObjectHandle element, int format, int flags, long position);

    [LibraryImport(Gst)]
    public static partial GstMessage* gst_bus_timed_pop_filtered(GstObjectHandle bus, ulong timeoutNs, int types);

    [LibraryImport(Gst)]
    public static partial void gst_message_parse_error(GstMessage* message, GError** error, byte** debug);

    [LibraryImport(Gst)]
    public static partial void gst_object_unref(nint instance);

    [LibraryImport(Gst)]
    public static partial nint gst_mini_object_ref(nint instance);

    [LibraryImport(Gst)]
    public static partial void gst_mini_object_unref(nint instance);

    [LibraryImport(Gst)]
    public static partial GstBuffer* gst_sample_get_buffer(nint sample);

    [LibraryImport(Gst)]
    public static partial nint gst_sample_get_caps(nint sample);

    [LibraryImport(Gst)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool gst_buffer_map(GstBuffer* buffer, GstMapInfo* map, int flags);

    [LibraryImport(Gst)]
    public static partial void gst_buffer_unmap(GstBuffer* buffer, GstMapInfo* map);

    [LibraryImport(App)]
    public static partial nint gst_app_sink_try_pull_sample(GstObjectHandle appsink, ulong timeoutNs);

    [LibraryImport(App)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool gst_app_sink_is_eos(GstObjectHandle appsink);

    [LibraryImport(Video)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool gst_video_info_from_caps(GstVideoInfo* info, nint caps);

    [LibraryImport(GObject)]
    public static partial GValue* g_value_init(GValue* value, nuint type);

    [LibraryImport(GObject, StringMarshalling = StringMarshalling.Utf8)]
    public static partial void g_value_set_string(GValue* value, string text);

    [LibraryImport(GObject)]
    public static partial void g_value_unset(GValue* value);

    [LibraryImport(GObject, StringMarshalling = StringMarshalling.Utf8)]
    public static partial void g_object_set_property(GstObjectHandle instance, string name, GValue* value);

    [LibraryImport(GLib)]
    public static partial void g_error_free(GError* error);

    [LibraryImport(GLib)]
    public static partial void g_free(void* memory);

    [LibraryImport(GLib)]
    public static partial byte* g_quark_to_string(uint quark);
}
