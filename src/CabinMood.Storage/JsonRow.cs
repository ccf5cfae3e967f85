using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CabinMood.Storage.Sqlite;
using Microsoft.Extensions.Logging;

namespace CabinMood.Storage;

/// <summary>A table of one row, which holds one value as JSON. Its owner locks and commits.</summary>
internal sealed class JsonRow<T> : IDisposable
    where T : class
{
    private readonly string _file;
    private readonly JsonTypeInfo<T> _type;
    private readonly string _what;
    private readonly ILogger _logger;
    private readonly SqliteStatement _replace;
    private readonly SqliteStatement _select;

    /// <summary>The row of a table of that name.</summary>
    /// <param name="file">The database's, for the log.</param>
    /// <param name="database">Where the table is.</param>
    /// <param name="table">Its name.</param>
    /// <param name="column">The column beside the key.</param>
    /// <param name="type">How the value is written.</param>
    /// <param name="what">What the value is, for the log.</param>
    /// <param name="logger">Told of a row that cannot be read.</param>
    internal JsonRow(string file, SqliteDatabase database, string table, string column, JsonTypeInfo<T> type, string what, ILogger logger)
    {
        (_file, _type, _what, _logger) = (file, type, what, logger);
        _replace = database.Prepare($"INSERT OR REPLACE INTO {table} (one, {column}) VALUES (1, ?)");
        _select = database.Prepare($"SELECT {column} FROM {table}");
    }

    /// <summary>Stores the value. Part of its caller's transaction.</summary>
    internal void Save(T value) => _replace.Run(JsonSerializer.Serialize(value, _type));

    /// <summary>The value; null where none is stored, or, with a line in the log, where what is stored is none.</summary>
    internal T? Load()
    {
        try
        {
            return _select.Query(static row => row.Text(0)).SingleOrDefault() is { } json ? JsonSerializer.Deserialize(json, _type) : null;
        }
        catch (JsonException)
        {
            NoteUnreadable();
            return null;
        }
    }

    /// <summary>Tells the log that what is stored is not what its owner can use.</summary>
    internal void NoteUnreadable() => Log.Unreadable(_logger, _file, _what);

    /// <inheritdoc/>
    public void Dispose()
    {
        _replace.Dispose();
        _select.Dispose();
    }
}
