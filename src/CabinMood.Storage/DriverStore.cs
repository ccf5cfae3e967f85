using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CabinMood.Core.Conductor;
using CabinMood.Core.Conductor.Commands;
using CabinMood.Core.Songs.Learning;
using CabinMood.Storage.Sqlite;
using Microsoft.Extensions.Logging;

namespace CabinMood.Storage;

/// <summary>
/// What CabinMood remembers about the driver, in <c>cabinmood.db</c>: feedback, style and taste, what was learned from
/// them, what a restart within a trip needs, and which commands were obeyed. Whatever a method here has stored survives a
/// power cut once it returns; a command is remembered in the same transaction as what it stored.
/// </summary>
/// <remarks>Thread-safe; calls wait for each other and for the disk.</remarks>
public sealed class DriverStore : IDisposable
{
    /// <summary>The file's name in the state folder.</summary>
    public const string FileName = DriverDatabase.FileName;

    private readonly Lock _gate = new();
    private readonly string _file;
    private readonly ILogger _logger;
    private readonly SqliteDatabase _database;
    private readonly SqliteStatement _insertFeedback;
    private readonly SqliteStatement _selectFeedback;
    private readonly SqliteStatement _replaceDriver;
    private readonly SqliteStatement _selectDriver;
    private readonly SqliteStatement _replaceTrip;
    private readonly SqliteStatement _selectTrip;
    private readonly SqliteStatement _replaceMemory;
    private readonly SqliteStatement _selectMemory;
    private readonly CommandTable _commands;

    private DriverStore(string file, SqliteDatabase database, ILogger logger)
    {
        _file = file;
        _database = database;
        _logger = logger;

        // A command may arrive twice; its first row stands.
        _insertFeedback = database.Prepare(
            "INSERT INTO feedback (id, utc, source, kind, choice_id, song_id) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING");
        _selectFeedback = database.Prepare("SELECT id, utc, source, kind, choice_id, song_id FROM feedback ORDER BY rowid");
        _replaceDriver = database.Prepare("INSERT OR REPLACE INTO driver (one, settings) VALUES (1, ?)");
        _selectDriver = database.Prepare("SELECT settings FROM driver");
        _replaceTrip = database.Prepare("INSERT OR REPLACE INTO trip_state (one, record) VALUES (1, ?)");
        _selectTrip = database.Prepare("SELECT record FROM trip_state");
        _replaceMemory = database.Prepare("INSERT OR REPLACE INTO memory (one, learned) VALUES (1, ?)");
        _selectMemory = database.Prepare("SELECT learned FROM memory");
        _commands = new CommandTable(file, database, logger);
    }

    /// <summary>
    /// Opens the store, and creates it where it is missing. A file that SQLite cannot use, or that a newer CabinMood
    /// wrote, is set aside as <c>cabinmood.db.corrupt-1</c> (2, 3, ...) with a line in the log, and a new one begun.
    /// </summary>
    /// <param name="folder">The state folder; created where it is missing.</param>
    /// <param name="logger">Told when a file was set aside.</param>
    /// <exception cref="SqliteException">The file cannot be opened or written: rights, disk.</exception>
    /// <exception cref="IOException">The folder cannot be created.</exception>
    public static DriverStore Open(string folder, ILogger<DriverStore> logger)
    {
        var database = DriverDatabase.Open(folder, logger);
        try
        {
            return new DriverStore(Path.Combine(folder, FileName), database, logger);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Stores one feedback, what was learned from it, and the command, all or nothing. A second one with the same command
    /// id leaves the first as it is.
    /// </summary>
    /// <exception cref="SqliteException">Nothing was stored.</exception>
    public void SaveFeedback(FeedbackRow row, DriverMemory memory, params IReadOnlyList<RememberedCommand> remembered)
    {
        ArgumentNullException.ThrowIfNull(row);
        var learned = JsonSerializer.Serialize(memory, DriverJson.Default.DriverMemory);
        lock (_gate)
        {
            _database.InTransaction(() =>
            {
                _insertFeedback.Run(
                    row.CommandId,
                    row.Utc.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture),
                    row.Source.ToString(),
                    row.Kind.ToString(),
                    row.ChoiceId,
                    row.SongId);
                _replaceMemory.Run(learned);
                _commands.Save(remembered);
            });
        }
    }

    /// <summary>Stores what was learned.</summary>
    /// <exception cref="SqliteException">Nothing was stored.</exception>
    public void SaveMemory(DriverMemory memory) => Save(_replaceMemory, memory, DriverJson.Default.DriverMemory, []);

    /// <summary>What was learned; nothing where nothing is stored, or where another version's numbers mean something else.</summary>
    /// <exception cref="SqliteException">It cannot be read.</exception>
    public DriverMemory LoadMemory()
    {
        if (Load(_selectMemory, DriverJson.Default.DriverMemory, "what was learned") is not { } memory)
        {
            return DriverMemory.None;
        }

        if (memory is { Preferences: { } preferences, Played: not null } && preferences.IsSound())
        {
            return memory;
        }

        Log.Unreadable(_logger, _file, "what was learned");
        return DriverMemory.None;
    }

    /// <summary>All feedback in the order in which it was stored.</summary>
    /// <exception cref="SqliteException">It cannot be read.</exception>
    public IReadOnlyList<FeedbackRow> LoadFeedback()
    {
        lock (_gate)
        {
            return [.. _selectFeedback.Query(Feedback).OfType<FeedbackRow>()];
        }
    }

    /// <summary>Stores style and taste, and the command that set them.</summary>
    /// <exception cref="SqliteException">Nothing was stored.</exception>
    public void SaveDriver(DriverSettings settings, params IReadOnlyList<RememberedCommand> remembered) =>
        Save(_replaceDriver, settings, DriverJson.Default.DriverSettings, remembered);

    /// <summary>Style and taste; the defaults where nothing is stored.</summary>
    /// <exception cref="SqliteException">They cannot be read.</exception>
    public DriverSettings LoadDriver() => Load(_selectDriver, DriverJson.Default.DriverSettings, "style and taste") ?? DriverSettings.Default;

    /// <summary>Stores what a restart within the trip needs, and the commands that led to it.</summary>
    /// <exception cref="SqliteException">Nothing was stored.</exception>
    public void SaveTrip(TripRecord record, params IReadOnlyList<RememberedCommand> remembered) =>
        Save(_replaceTrip, record, DriverJson.Default.TripRecord, remembered);

    /// <summary>What an earlier run stored about its trip; null where there is nothing.</summary>
    /// <exception cref="SqliteException">It cannot be read.</exception>
    public TripRecord? LoadTrip() => Load(_selectTrip, DriverJson.Default.TripRecord, "the trip");

    /// <summary>The commands that were obeyed, oldest first: the last 1,000.</summary>
    /// <exception cref="SqliteException">They cannot be read.</exception>
    public IReadOnlyList<RememberedCommand> LoadCommands()
    {
        lock (_gate)
        {
            return _commands.Load();
        }
    }

    /// <summary>
    /// Removes feedback, style, taste, all that was learned and what was asked, and files set aside earlier, so that the
    /// bytes are gone too. The trip's state stays: it says that the camera is closed, and learns nothing. That commands were
    /// obeyed stays too, as digests of their ids: one that comes again must bring nothing back.
    /// </summary>
    /// <exception cref="SqliteException">Not everything could be removed; try again.</exception>
    public void Erase()
    {
        lock (_gate)
        {
            // Emptying a table gives all of its pages back, and secure_delete overwrites each with zeros; rewriting the
            // whole file instead would take seconds where a large catalogue lies in it too.
            _database.InTransaction(() =>
            {
                _database.Execute("DELETE FROM feedback", "DELETE FROM driver", "DELETE FROM memory");
                _commands.ForgetContent();
            });
            using (var checkpoint = _database.Prepare("PRAGMA wal_checkpoint(TRUNCATE)"))
            {
                if (checkpoint.Query(static row => row.Number(0))[0] != 0)
                {
                    throw new SqliteException("wal_checkpoint", SqliteNative.Busy, "another process reads the database; erase again when it is done");
                }
            }

            DriverFiles.DeleteAside(_file);
        }

        Log.Erased(_logger);
    }

    /// <summary>
    /// Remembers an erasure once all of it is done: not sooner, for one that failed half-way must be done when it comes
    /// again. Where it cannot be remembered, what was erased is erased; one that comes again after a restart erases again.
    /// </summary>
    public void RememberErasure(RememberedCommand erasure)
    {
        lock (_gate)
        {
            try
            {
                _database.InTransaction(() => _commands.Save([erasure]));
            }
            catch (SqliteException exception)
            {
                Log.ErasureForgotten(_logger, exception.Message);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _insertFeedback.Dispose();
            _selectFeedback.Dispose();
            _replaceDriver.Dispose();
            _selectDriver.Dispose();
            _replaceTrip.Dispose();
            _selectTrip.Dispose();
            _replaceMemory.Dispose();
            _selectMemory.Dispose();
            _commands.Dispose();
            _database.Dispose();
        }
    }

    /// <summary>The current row; null, with a line in the log, when somebody else has written something else there.</summary>
    private FeedbackRow? Feedback(SqliteStatement row)
    {
        if (row.Text(0) is { } id
            && DateTimeOffset.TryParse(row.Text(1), CultureInfo.InvariantCulture, out var utc)
            && Enum.TryParse<CommandSource>(row.Text(2), out var source)
            && Enum.TryParse<FeedbackKind>(row.Text(3), out var kind)
            && row.Text(4) is { } choiceId
            && row.Text(5) is { } songId)
        {
            return new FeedbackRow(id, utc, source, kind, choiceId, songId);
        }

        Log.Unreadable(_logger, _file, "one feedback");
        return null;
    }

    private void Save<T>(SqliteStatement statement, T value, JsonTypeInfo<T> type, IReadOnlyList<RememberedCommand> remembered)
    {
        var json = JsonSerializer.Serialize(value, type);
        lock (_gate)
        {
            _database.InTransaction(() =>
            {
                statement.Run(json);
                _commands.Save(remembered);
            });
        }
    }

    private T? Load<T>(SqliteStatement statement, JsonTypeInfo<T> type, string what)
        where T : class
    {
        string? json;
        lock (_gate)
        {
            json = statement.Query(static row => row.Text(0)).SingleOrDefault();
        }

        try
        {
            return json is null ? null : JsonSerializer.Deserialize(json, type);
        }
        catch (JsonException)
        {
            Log.Unreadable(_logger, _file, what);
            return null;
        }
    }
}
