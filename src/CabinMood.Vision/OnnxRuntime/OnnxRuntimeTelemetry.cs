using System.Runtime.InteropServices;

namespace CabinMood.Vision.OnnxRuntime;

/// <summary>
/// Keeps ONNX Runtime from reporting to its maker. The library from npm writes a device id and a database of events
/// below <c>~/.cache</c> as soon as an environment is made, before DisableTelemetryEvents can be called; only the
/// environment variable, seen by the C library, stops that. .NET's own SetEnvironmentVariable does not reach it.
/// </summary>
internal static partial class OnnxRuntimeTelemetry
{
    /// <summary>To be called before the library is loaded.</summary>
    public static void Disable() => _ = setenv("ORT_DISABLE_TELEMETRY", "1", 1);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);
}
