using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace CabinMood.Vision.OnnxRuntime;

/// <summary>
/// libonnxruntime.so.1, loaded once per process. It is looked for in <c>CABINMOOD_ONNXRUNTIME</c> (a file or a folder),
/// then in the app's folder, then where the system keeps its libraries. Thread-safe.
/// </summary>
public static class OnnxRuntimeLibrary
{
    /// <summary>The environment variable that names the library's file or folder.</summary>
    public const string PathVariable = "CABINMOOD_ONNXRUNTIME";

    private const string FileName = "libonnxruntime.so.1";

    private static readonly Lock Gate = new();
    private static OnnxRuntimeEnvironment? _environment;

    /// <summary>The library's version, such as <c>1.30.0</c>. Loads the library.</summary>
    /// <exception cref="OnnxRuntimeException">The library is not there or broken.</exception>
    public static string Version => Environment.LibraryVersion;

    /// <summary>Where the library was found. Loads the library.</summary>
    /// <exception cref="OnnxRuntimeException">The library is not there or broken.</exception>
    public static string Location => Environment.Location;

    internal static OnnxRuntimeEnvironment Environment
    {
        get
        {
            lock (Gate)
            {
                return _environment ??= Load(System.Environment.GetEnvironmentVariable(PathVariable), AppContext.BaseDirectory);
            }
        }
    }

    /// <summary>Loads the library from a given place instead of the process's own; for tests.</summary>
    internal static OnnxRuntimeEnvironment Load(string? named, string appFolder, bool searchSystem = true)
    {
        OnnxRuntimeTelemetry.Disable();
        var looked = new List<string>();
        foreach (var path in Candidates(named, appFolder))
        {
            looked.Add(path);
            if (File.Exists(path))
            {
                VerifyChecksum(path);
                return OpenFile(path);
            }
        }

        // A place that somebody named must hold the library; falling back to another would hide the mistake.
        if (string.IsNullOrEmpty(named) && searchSystem)
        {
            looked.Add("the system's libraries");
            if (NativeLibrary.TryLoad(FileName, out var library) || NativeLibrary.TryLoad("libonnxruntime.so", out library))
            {
                return OnnxRuntimeEnvironment.Create(library, "system");
            }
        }

        throw new OnnxRuntimeException(
            $"ONNX Runtime ({FileName}) not found; looked in {string.Join(", ", looked)}. Run deploy/native/fetch.sh, or set {PathVariable} to the file.");
    }

    private static IEnumerable<string> Candidates(string? named, string appFolder)
    {
        if (!string.IsNullOrEmpty(named))
        {
            yield return Directory.Exists(named) ? Path.Combine(named, FileName) : named;
            yield break;
        }

        yield return Path.Combine(appFolder, FileName);
    }

    /// <summary>
    /// Compares the library with the checksum that lies beside it, if one does: a truncated library does not fail to
    /// load but kills the process (SIGBUS) once a missing page is touched.
    /// </summary>
    private static void VerifyChecksum(string path)
    {
        var checksumPath = path + ".sha256";
        if (!File.Exists(checksumPath))
        {
            return;
        }

        // The format of sha256sum: the checksum, blanks, the file's name.
        var expected = File.ReadAllText(checksumPath).Split(' ', 2)[0].Trim();
        using var file = File.OpenRead(path);
        var actual = Convert.ToHexStringLower(SHA256.HashData(file));
        if (!string.Equals(actual, expected, StringComparison.OrdinalIgnoreCase))
        {
            throw new OnnxRuntimeException(
                $"{path} is damaged: its checksum differs from {Path.GetFileName(checksumPath)}. Delete it and run deploy/native/fetch.sh again.");
        }
    }

    private static OnnxRuntimeEnvironment OpenFile(string path)
    {
        try
        {
            return OnnxRuntimeEnvironment.Create(NativeLibrary.Load(path), path);
        }
        catch (Exception exception) when (exception is DllNotFoundException or BadImageFormatException)
        {
            // dlopen says "no such file" for a library of another architecture, too.
            throw new OnnxRuntimeException(
                $"{path} is there but cannot be loaded: is it for another processor ({RuntimeInformation.ProcessArchitecture} is needed)?",
                innerException: exception);
        }
    }
}
