namespace CabinMood.Messaging.Mosquitto;

/// <summary>libmosquitto, initialised once per process. Thread-safe.</summary>
public static class MosquittoLibrary
{
    /// <summary>The library's version, such as <c>2.0.11</c>. Loads the library.</summary>
    /// <exception cref="MosquittoException">The library is not there or does not start.</exception>
    public static string Version
    {
        get
        {
            MosquittoNative.EnsureInitialised();
            _ = MosquittoNative.mosquitto_lib_version(out var major, out var minor, out var revision);
            return $"{major}.{minor}.{revision}";
        }
    }
}
