namespace CabinMood.Storage.Sqlite;

/// <summary>The row a statement stands on; gone with the next step.</summary>
internal readonly unsafe ref struct SqliteRow(nint statement)
{
    /// <summary>Looks at a row.</summary>
    internal delegate void Reader(SqliteRow row);

    /// <summary>A text's bytes; empty where the database has none.</summary>
    internal ReadOnlySpan<byte> Utf8(int column)
    {
        // Text first, then its length: SQLite may convert in between.
        var text = SqliteNative.sqlite3_column_text(statement, column);
        return new ReadOnlySpan<byte>(text, SqliteNative.sqlite3_column_bytes(statement, column));
    }

    internal long Number(int column) => SqliteNative.sqlite3_column_int64(statement, column);

    internal double Real(int column) => SqliteNative.sqlite3_column_double(statement, column);
}
