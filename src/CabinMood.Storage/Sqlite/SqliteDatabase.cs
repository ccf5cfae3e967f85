using System.Runtime.InteropServices;
using System.Text;

namespace CabinMood.Storage.Sqlite;

/// <summary>One connection to one database file. Not thread-safe.</summary>
internal sealed unsafe class SqliteDatabase : IDisposable
{
    /// <summary>Another process (the command line) may hold the file for a moment.</summary>
    private const int BusyTimeoutMs = 2000;

    private readonly SqliteHandle _handle;

    private SqliteDatabase(SqliteHandle handle) => _handle = handle;

    /// <summary>Opens a file, creating it where it is missing.</summary>
    /// <exception cref="SqliteException">It cannot be opened. A broken file is only noticed at the first statement.</exception>
    internal static SqliteDatabase Open(string file)
    {
        const int flags = SqliteNative.OpenReadWrite | SqliteNative.OpenCreate | SqliteNative.OpenFullMutex;
        var code = SqliteNative.sqlite3_open_v2(file, out var handle, flags, 0);
        if (code != SqliteNative.Ok)
        {
            var systemError = SqliteNative.sqlite3_system_errno(handle);
            handle.Dispose();
            throw new SqliteException($"open {file}", code, Text(SqliteNative.sqlite3_errstr(code)), systemError);
        }

        _ = SqliteNative.sqlite3_extended_result_codes(handle, 1);
        _ = SqliteNative.sqlite3_busy_timeout(handle, BusyTimeoutMs);
        return new SqliteDatabase(handle);
    }

    /// <summary>Runs statements that return nothing.</summary>
    internal void Execute(params ReadOnlySpan<string> statements)
    {
        foreach (var sql in statements)
        {
            using var statement = Prepare(sql);
            statement.Run();
        }
    }

    /// <summary>Compiles one statement.</summary>
    internal SqliteStatement Prepare(string sql)
    {
        var utf8 = Encoding.UTF8.GetBytes(sql);
        fixed (byte* text = utf8)
        {
            var code = SqliteNative.sqlite3_prepare_v2(_handle, text, utf8.Length, out var handle, out _);
            if (code != SqliteNative.Ok)
            {
                handle.Dispose();
                Check(sql, code);
            }

            return new SqliteStatement(this, handle, sql);
        }
    }

    /// <summary>Runs changes as one: all of them are on disk when this returns, or none.</summary>
    /// <param name="changes">What to change.</param>
    /// <param name="isImmediate">Takes the lock for writing at once; without it, temporary tables can be filled while others write.</param>
    internal void InTransaction(Action changes, bool isImmediate = true)
    {
        Execute(isImmediate ? "BEGIN IMMEDIATE" : "BEGIN");
        try
        {
            changes();
            Execute("COMMIT");
        }
        catch
        {
            // After some errors SQLite has rolled back by itself; saying it again is then an error to be ignored.
            try
            {
                Execute("ROLLBACK");
            }
            catch (SqliteException)
            {
            }

            throw;
        }
    }

    internal void Check(string call, int code)
    {
        if (code != SqliteNative.Ok)
        {
            throw new SqliteException(call, code, Text(SqliteNative.sqlite3_errmsg(_handle)), SystemError(code));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    // Asked where it says more than the code: of other failures it is an old one's.
    private int SystemError(int code) =>
        (code & 0xFF) is SqliteNative.IoError or SqliteNative.CannotOpen ? SqliteNative.sqlite3_system_errno(_handle) : 0;

    private static string Text(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "unknown error";
}
