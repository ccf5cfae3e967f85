using System.Reflection;
using System.Runtime.InteropServices;

namespace CabinMood.Storage.Sqlite;

/// <summary>
/// SQLite 3, the functions that CabinMood calls, under their own names [sqlite3.h]. The library is looked up in the
/// application's folder, then in the system.
/// </summary>
internal static unsafe partial class SqliteNative
{
    internal const string Library = "libsqlite3.so.0";

    // result codes
    internal const int Ok = 0;
    internal const int Error = 1;
    internal const int NoPermission = 3;
    internal const int Busy = 5;
    internal const int Locked = 6;
    internal const int NoMemory = 7;
    internal const int ReadOnly = 8;
    internal const int IoError = 10;
    internal const int Corrupt = 11;
    internal const int Full = 13;
    internal const int CannotOpen = 14;
    internal const int NotAuthorized = 23;
    internal const int NotADatabase = 26;
    internal const int IoErrorShmSize = IoError | (19 << 8);
    internal const int Row = 100;
    internal const int Done = 101;

    // sqlite3_open_v2
    internal const int OpenReadWrite = 0x2;
    internal const int OpenCreate = 0x4;
    internal const int OpenFullMutex = 0x10000;

    // sqlite3_column_type
    internal const int TypeNull = 5;

    /// <summary>SQLITE_TRANSIENT: SQLite makes its own copy.</summary>
    internal const nint Transient = -1;

    static SqliteNative() => NativeLibrary.SetDllImportResolver(typeof(SqliteNative).Assembly, Resolve);

    [LibraryImport(Library)]
    internal static partial byte* sqlite3_libversion();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int sqlite3_open_v2(string file, out SqliteHandle database, int flags, nint vfs);

    [LibraryImport(Library)]
    internal static partial int sqlite3_close_v2(nint database);

    [LibraryImport(Library)]
    internal static partial int sqlite3_extended_result_codes(SqliteHandle database, int on);

    [LibraryImport(Library)]
    internal static partial int sqlite3_busy_timeout(SqliteHandle database, int milliseconds);

    [LibraryImport(Library)]
    internal static partial byte* sqlite3_errmsg(SqliteHandle database);

    [LibraryImport(Library)]
    internal static partial byte* sqlite3_errstr(int code);

    [LibraryImport(Library)]
    internal static partial int sqlite3_system_errno(SqliteHandle database);

    [LibraryImport(Library)]
    internal static partial int sqlite3_prepare_v2(
        SqliteHandle database, byte* sql, int length, out SqliteStatementHandle statement, out byte* tail);

    [LibraryImport(Library)]
    internal static partial int sqlite3_finalize(nint statement);

    [LibraryImport(Library)]
    internal static partial int sqlite3_step(SqliteStatementHandle statement);

    [LibraryImport(Library)]
    internal static partial int sqlite3_reset(SqliteStatementHandle statement);

    [LibraryImport(Library)]
    internal static partial int sqlite3_bind_text(
        SqliteStatementHandle statement, int index, byte* text, int length, nint destructor);

    [LibraryImport(Library)]
    internal static partial int sqlite3_bind_double(SqliteStatementHandle statement, int index, double value);

    [LibraryImport(Library)]
    internal static partial int sqlite3_bind_int64(SqliteStatementHandle statement, int index, long value);

    [LibraryImport(Library)]
    internal static partial int sqlite3_column_type(SqliteStatementHandle statement, int column);

    [LibraryImport(Library)]
    internal static partial byte* sqlite3_column_text(SqliteStatementHandle statement, int column);

    [LibraryImport(Library)]
    internal static partial int sqlite3_column_bytes(SqliteStatementHandle statement, int column);

    [LibraryImport(Library)]
    internal static partial long sqlite3_column_int64(SqliteStatementHandle statement, int column);

    // The same for a handle that the caller keeps alive: reading a million rows, reference counts would be most of the work.
    [LibraryImport(Library)]
    internal static partial byte* sqlite3_column_text(nint statement, int column);

    [LibraryImport(Library)]
    internal static partial int sqlite3_column_bytes(nint statement, int column);

    [LibraryImport(Library)]
    internal static partial long sqlite3_column_int64(nint statement, int column);

    [LibraryImport(Library)]
    internal static partial double sqlite3_column_double(nint statement, int column);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (name != Library)
        {
            return 0;
        }

        return NativeLibrary.TryLoad(Path.Combine(AppContext.BaseDirectory, Library), out var handle)
            || NativeLibrary.TryLoad(Library, out handle)
            ? handle
            : throw new SqliteException($"{Library} is not installed; install it with: apt-get install libsqlite3-0");
    }
}
