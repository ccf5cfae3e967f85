using System.Runtime.InteropServices;

namespace CabinMood.Vision.GStreamer;

/// <summary>GStreamer, initialised once per process. Thread-safe.</summary>
public static unsafe class GStreamerLibrary
{
    private static readonly Lock Gate = new();
    private static string? _version;

    /// <summary>The library's version, such as <c>1.22.0</c>. Loads the library.</summary>
    /// <exception cref="GStreamerException">The library is not there or does not start.</exception>
    public static string Version
    {
        get
        {
            lock (Gate)
            {
                return _version ??= Initialise();
            }
        }
    }

    /// <summary>Loads the library if that has not happened yet.</summary>
    /// <exception cref="GStreamerException">The library is not there or does not start.</exception>
    public static void EnsureLoaded() => _ = Version;

    /// <summary>Turns a GError into an exception and frees it.</summary>
    internal static GStreamerException Take(GError* error, string call)
    {
        var message = FirstLine(Marshal.PtrToStringUTF8((nint)error->Message));
        // Domains are numbered at run time: only their names are stable.
        var domain = Marshal.PtrToStringUTF8((nint)GStreamerNative.g_quark_to_string(error->Domain)) ?? "";
        var code = error->Code;
        GStreamerNative.g_error_free(error);
        return new GStreamerException(message, call, domain, code);
    }

    private static string Initialise()
    {
        try
        {
            GError* error = null;
            if (!GStreamerNative.gst_init_check(null, null, &error))
            {
                throw error is null ? new GStreamerException("GStreamer does not start", "gst_init_check") : Take(error, "gst_init_check");
            }

            // The appsink and video libraries are separate files; a missing one shall be known now.
            NativeLibrary.Free(NativeLibrary.Load("libgstapp-1.0.so.0"));
            NativeLibrary.Free(NativeLibrary.Load("libgstvideo-1.0.so.0"));
        }
        catch (DllNotFoundException exception)
        {
            throw new GStreamerException(
                "GStreamer 1.x not found; install it with: apt-get install gstreamer1.0-plugins-base gstreamer1.0-plugins-good",
                innerException: exception);
        }

        GStreamerNative.gst_version(out var major, out var minor, out var micro, out _);
        return $"{major}.{minor}.{micro}";
    }

    private static string FirstLine(string? text) => (text ?? "").Split('\n', 2)[0].Trim();
}
