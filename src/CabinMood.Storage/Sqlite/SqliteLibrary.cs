using System.Runtime.InteropServices;

namespace CabinMood.Storage.Sqlite;

/// <summary>The system's SQLite. Thread-safe.</summary>
public static unsafe class SqliteLibrary
{
    /// <summary>The library's version, such as <c>3.40.1</c>. Loads the library.</summary>
    /// <exception cref="DllNotFoundException">The library is not there.</exception>
    public static string Version => Marshal.PtrToStringUTF8((nint)SqliteNative.sqlite3_libversion()) ?? "";
}
