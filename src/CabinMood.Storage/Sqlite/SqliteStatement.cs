using System.Runtime.InteropServices;
using System.Text;

namespace CabinMood.Storage.Sqlite;

/// <summary>A prepared statement, to be run any number of times. Not thread-safe.</summary>
internal sealed unsafe class SqliteStatement : IDisposable
{
    private readonly SqliteDatabase _database;
    private readonly SqliteStatementHandle _handle;
    private readonly string _sql;

    internal SqliteStatement(SqliteDatabase database, SqliteStatementHandle handle, string sql)
    {
        _database = database;
        _handle = handle;
        _sql = sql;
    }

    /// <summary>Runs a statement that returns nothing.</summary>
    internal void Run(params ReadOnlySpan<string> parameters)
    {
        Begin(parameters);
        try
        {
            while (Step())
            {
                // A statement such as PRAGMA journal_mode returns a row that nobody asked for.
            }
        }
        finally
        {
            End();
        }
    }

    /// <summary>Reads all rows.</summary>
    internal List<T> Query<T>(Func<SqliteStatement, T> read, params ReadOnlySpan<string> parameters)
    {
        var rows = new List<T>();
        Begin(parameters);
        try
        {
            while (Step())
            {
                rows.Add(read(this));
            }
        }
        finally
        {
            End();
        }

        return rows;
    }

    /// <summary>Binds one parameter, counted from 1, for the next <see cref="Run"/>.</summary>
    internal void Bind(int parameter, string value)
    {
        var utf8 = Encoding.UTF8.GetBytes(value);
        fixed (byte* text = &MemoryMarshal.GetArrayDataReference(utf8))
        {
            _database.Check(_sql, SqliteNative.sqlite3_bind_text(_handle, parameter, text, utf8.Length, SqliteNative.Transient));
        }
    }

    /// <inheritdoc cref="Bind(int, string)"/>
    internal void Bind(int parameter, double value) => _database.Check(_sql, SqliteNative.sqlite3_bind_double(_handle, parameter, value));

    /// <inheritdoc cref="Bind(int, string)"/>
    internal void Bind(int parameter, long value) => _database.Check(_sql, SqliteNative.sqlite3_bind_int64(_handle, parameter, value));

    /// <summary>Looks at all rows one after another, copying nothing.</summary>
    internal void ForEach(SqliteRow.Reader read)
    {
        var isHeld = false;
        try
        {
            _handle.DangerousAddRef(ref isHeld);
            while (Step())
            {
                read(new SqliteRow(_handle.DangerousGetHandle()));
            }
        }
        finally
        {
            End();
            if (isHeld)
            {
                _handle.DangerousRelease();
            }
        }
    }

    /// <summary>The current row's text; null where the database has none.</summary>
    internal string? Text(int column)
    {
        if (SqliteNative.sqlite3_column_type(_handle, column) == SqliteNative.TypeNull)
        {
            return null;
        }

        // Text first, then its length: SQLite may convert in between.
        var text = SqliteNative.sqlite3_column_text(_handle, column);
        return Encoding.UTF8.GetString(text, SqliteNative.sqlite3_column_bytes(_handle, column));
    }

    /// <summary>The current row's whole number; 0 where the database has none.</summary>
    internal long Number(int column) => SqliteNative.sqlite3_column_int64(_handle, column);

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    private void Begin(ReadOnlySpan<string> parameters)
    {
        for (var i = 0; i < parameters.Length; i++)
        {
            Bind(i + 1, parameters[i]);
        }
    }

    private bool Step()
    {
        var code = SqliteNative.sqlite3_step(_handle);
        if (code is not (SqliteNative.Row or SqliteNative.Done))
        {
            _database.Check(_sql, code);
        }

        return code == SqliteNative.Row;
    }

    /// <summary>Resetting repeats the last step's error; that one has been thrown already.</summary>
    private void End() => _ = SqliteNative.sqlite3_reset(_handle);
}
