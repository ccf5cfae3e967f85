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

    // A row lies in one page of the table and one of its index, each with a few above it.
    private const int RowsPerPiece = 32;

    private readonly Lock _gate = new();
    private readonly string _file;
    private readonly ILogger _logger;
    private readonly SqliteDatabase _database;
    private readonly ReservedRoom _reserve;
    private readonly SqliteStatement _insertFeedback;
    private readonly SqliteStatement _selectFeedback;
    private readonly SqliteStatement _replaceDriver;
    private readonly SqliteStatement _selectDriver;
    private readonly SqliteStatement _replaceTrip;
    private readonly SqliteStatement _selectTrip;
    private readonly SqliteStatement _replaceMemory;
    private readonly SqliteStatement _selectMemory;
    private readonly CommandTable _commands;

    // Erasures that are done, and that could not be remembered: whatever is stored next carries them along.
    private readonly List<RememberedCommand> _owed = [];

    private DriverStore(string file, SqliteDatabase database, ILogger logger)
    {
        _file = file;
        _database = database;
        _logger = logger;
        _reserve = new ReservedRoom(Path.GetDirectoryName(file)!);

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
            var store = new DriverStore(Path.Combine(folder, FileName), database, logger);
            store._reserve.Keep();
            return store;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Writes a file and the database in a state folder as the service would, and leaves nothing behind.</summary>
    /// <param name="folder">The state folder; created where it is missing.</param>
    /// <param name="logger">Told when a file was set aside.</param>
    /// <exception cref="IOException">The folder cannot be created or written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    /// <exception cref="SqliteException">The database cannot be opened or written.</exception>
    public static void TryWriting(string folder, ILogger<DriverStore> logger)
    {
        // The file first: the system says of it what is wrong, where SQLite only says that it cannot open something.
        Directory.CreateDirectory(folder);
        DriverFiles.TryWriting(folder);
        using var store = Open(folder, logger);
        // The same number again: a commit like any other, which changes nothing.
        store._database.InTransaction(() =>
        {
            using var version = store._database.Prepare("PRAGMA user_version");
            store._database.Execute($"PRAGMA user_version = {version.Query(static row => row.Number(0))[0]}");
        });
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
            Commit(remembered, () =>
            {
                _insertFeedback.Run(
                    row.CommandId,
                    row.Utc.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture),
                    row.Source.ToString(),
                    row.Kind.ToString(),
                    row.ChoiceId,
                    row.SongId);
                _replaceMemory.Run(learned);
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
    /// Removes feedback, style, taste, all that was learned and what was asked, so that the bytes are gone too; on a full
    /// disk with the <see cref="ReservedRoom"/>. The trip's state stays: it says that the camera is closed, and learns
    /// nothing. That commands were obeyed stays too, as digests of their ids: one that comes again must bring nothing back.
    /// </summary>
    /// <exception cref="SqliteException">Not everything could be removed; try again.</exception>
    public void Erase()
    {
        lock (_gate)
        {
            try
            {
                // Emptying a table gives all of its pages back, and secure_delete overwrites each with zeros; rewriting
                // the whole file instead would take seconds where a large catalogue lies in it too.
                _database.InTransaction(() =>
                {
                    _database.Execute("DELETE FROM feedback", "DELETE FROM driver", "DELETE FROM memory");
                    _commands.ForgetContent();
                });
                WriteBack();
            }
            catch (SqliteException e) when (DiskTrouble.IsFull(e))
            {
                _reserve.GiveUp();
                EraseInPieces();
            }
            finally
            {
                _reserve.Keep();
            }
        }

        Log.Erased(_logger);
    }

    /// <summary>Deletes the files that were set aside earlier because they could not be used; they may hold the driver's data.</summary>
    /// <exception cref="IOException">Not all of them could be deleted.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public void DeleteAside() => DriverFiles.DeleteAside(_file);

    /// <summary>
    /// Remembers an erasure once all of it is done: not sooner, for one that failed half-way must be done when it comes
    /// again. Where it cannot be remembered, what was erased is erased, and it is remembered with what is stored next: so
    /// one that comes again can erase again only as long as there is nothing new that it could erase.
    /// </summary>
    public void RememberErasure(RememberedCommand erasure)
    {
        lock (_gate)
        {
            try
            {
                Commit([erasure], static () => { });
            }
            catch (SqliteException exception)
            {
                _owed.Add(erasure);
                Log.ErasureOwed(_logger, DiskTrouble.Detailed(exception));
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
            // With the database closed its log and index are gone: perhaps there is room again.
            _reserve.Keep();
        }
    }

    // Each piece is written back before the next, so that the log never needs more room than one of them.
    private void EraseInPieces()
    {
        WriteBack();
        _database.InTransaction(() =>
        {
            _database.Execute("DELETE FROM driver", "DELETE FROM memory");
            _commands.ForgetContent();
        });
        WriteBack();
        using var count = _database.Prepare("SELECT count(*) FROM feedback");
        while (count.Query(static row => row.Number(0))[0] > 0)
        {
            _database.Execute($"DELETE FROM feedback WHERE rowid IN (SELECT rowid FROM feedback LIMIT {RowsPerPiece})");
            WriteBack();
        }
    }

    // Until the log is written back and cut off, the old bytes are still in it.
    private void WriteBack()
    {
        using var checkpoint = _database.Prepare("PRAGMA wal_checkpoint(TRUNCATE)");
        if (checkpoint.Query(static row => row.Number(0))[0] != 0)
        {
            throw new SqliteException("wal_checkpoint", SqliteNative.Busy, "another program reads the database");
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

    /// <summary>One transaction of something and of the commands that led to it, and those that are owed.</summary>
    private void Commit(IReadOnlyList<RememberedCommand> remembered, Action store)
    {
        _database.InTransaction(() =>
        {
            store();
            _commands.Save([.. _owed, .. remembered]);
        });
        _owed.Clear();
    }

    private void Save<T>(SqliteStatement statement, T value, JsonTypeInfo<T> type, IReadOnlyList<RememberedCommand> remembered)
    {
        var json = JsonSerializer.Serialize(value, type);
        lock (_gate)
        {
            Commit(remembered, () => statement.Run(json));
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
