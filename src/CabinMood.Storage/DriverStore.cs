using CabinMood.Core.Conductor;
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
    private readonly ReservedRoom _reserve;
    private readonly FeedbackTable _feedback;
    private readonly JsonRow<DriverSettings> _driver;
    private readonly JsonRow<TripRecord> _trip;
    private readonly JsonRow<DriverMemory> _memory;
    private readonly CommandTable _commands;
    private readonly DriverEraser _eraser;

    // Whatever is stored next carries them along.
    private readonly OwedErasures _owed = new();

    private DriverStore(string file, SqliteDatabase database, ILogger logger)
    {
        _file = file;
        _database = database;
        _logger = logger;
        _reserve = new ReservedRoom(Path.GetDirectoryName(file)!);
        _feedback = new FeedbackTable(file, database, logger);
        _driver = new(file, database, "driver", "settings", DriverJson.Default.DriverSettings, "style and taste", logger);
        _trip = new(file, database, "trip_state", "record", DriverJson.Default.TripRecord, "the trip", logger);
        _memory = new(file, database, "memory", "learned", DriverJson.Default.DriverMemory, "what was learned", logger);
        _commands = new CommandTable(file, database, logger);
        _eraser = new DriverEraser(database, _commands, _reserve);
    }

    /// <summary>How many erasures could not be remembered yet; 0 on a sound disk.</summary>
    internal int OwedErasures
    {
        get
        {
            lock (_gate)
            {
                return _owed.All.Count;
            }
        }
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
        Commit(remembered, () =>
        {
            _feedback.Add(row);
            _memory.Save(memory);
        });
    }

    /// <summary>Stores what was learned.</summary>
    /// <exception cref="SqliteException">Nothing was stored.</exception>
    public void SaveMemory(DriverMemory memory) => Commit([], () => _memory.Save(memory));

    /// <summary>What was learned; nothing where nothing is stored, or where another version's numbers mean something else.</summary>
    /// <exception cref="SqliteException">It cannot be read.</exception>
    public DriverMemory LoadMemory()
    {
        lock (_gate)
        {
            if (_memory.Load() is not { } memory)
            {
                return DriverMemory.None;
            }

            if (memory is { Preferences: { } preferences, Played: not null } && preferences.IsSound())
            {
                return memory;
            }

            _memory.NoteUnreadable();
            return DriverMemory.None;
        }
    }

    /// <summary>All feedback in the order in which it was stored.</summary>
    /// <exception cref="SqliteException">It cannot be read.</exception>
    public IReadOnlyList<FeedbackRow> LoadFeedback()
    {
        lock (_gate)
        {
            return _feedback.Load();
        }
    }

    /// <summary>Stores style and taste, and the command that set them.</summary>
    /// <exception cref="SqliteException">Nothing was stored.</exception>
    public void SaveDriver(DriverSettings settings, params IReadOnlyList<RememberedCommand> remembered) =>
        Commit(remembered, () => _driver.Save(settings));

    /// <summary>Style and taste; the defaults where nothing is stored.</summary>
    /// <exception cref="SqliteException">They cannot be read.</exception>
    public DriverSettings LoadDriver()
    {
        lock (_gate)
        {
            return _driver.Load() ?? DriverSettings.Default;
        }
    }

    /// <summary>Stores what a restart within the trip needs, and the commands that led to it.</summary>
    /// <exception cref="SqliteException">Nothing was stored.</exception>
    public void SaveTrip(TripRecord record, params IReadOnlyList<RememberedCommand> remembered) =>
        Commit(remembered, () => _trip.Save(record));

    /// <summary>What an earlier run stored about its trip; null where there is nothing.</summary>
    /// <exception cref="SqliteException">It cannot be read.</exception>
    public TripRecord? LoadTrip()
    {
        lock (_gate)
        {
            return _trip.Load();
        }
    }

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
            _eraser.Erase();
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
            _feedback.Dispose();
            _driver.Dispose();
            _trip.Dispose();
            _memory.Dispose();
            _commands.Dispose();
            _database.Dispose();
            // With the database closed its log and index are gone: perhaps there is room again.
            _reserve.Keep();
        }
    }

    /// <summary>One transaction of something and of the commands that led to it, and those that are owed.</summary>
    private void Commit(IReadOnlyList<RememberedCommand> remembered, Action store)
    {
        lock (_gate)
        {
            _database.InTransaction(() =>
            {
                store();
                _commands.Save([.. _owed.All, .. remembered]);
            });
            _owed.Clear();
        }
    }
}
