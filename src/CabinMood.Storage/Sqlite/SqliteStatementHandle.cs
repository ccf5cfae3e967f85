using Microsoft.Win32.SafeHandles;

namespace CabinMood.Storage.Sqlite;

/// <summary>Owns one prepared statement.</summary>
internal sealed class SqliteStatementHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    public SqliteStatementHandle()
        : base(ownsHandle: true)
    {
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        // Finalizing repeats the last step's error; that one has been reported already.
        _ = SqliteNative.sqlite3_finalize(handle);
        return true;
    }
}
