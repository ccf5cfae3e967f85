using Microsoft.Win32.SafeHandles;

namespace CabinMood.Storage.Sqlite;

/// <summary>Owns one database connection.</summary>
internal sealed class SqliteHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    public SqliteHandle()
        : base(ownsHandle: true)
    {
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle() =>
        // v2 waits for statements that are still alive, in whatever order the finalizers run.
        SqliteNative.sqlite3_close_v2(handle) == SqliteNative.Ok;
}
