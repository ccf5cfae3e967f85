using CabinMood.Storage.Sqlite;
using Microsoft.Extensions.Logging;

namespace CabinMood.Storage;

/// <summary>Opens <c>cabinmood.db</c>, in which the driver's data and the song catalogue are.</summary>
internal static class DriverDatabase
{
    /// <summary>The file's name in the state folder.</summary>
    internal const string FileName = "cabinmood.db";

    /// <summary>
    /// After so many pages SQLite writes its log back into the file. A tenth of its default: what the file would have to
    /// grow by must fit into <see cref="ReservedRoom"/>.
    /// </summary>
    internal const int LogPages = 100;

    /// <summary>
    /// Opens the file, and creates it where it is missing. A file that SQLite cannot use, or that a newer CabinMood
    /// wrote, is set aside as <c>cabinmood.db.corrupt-1</c> (2, 3, ...) with a line in the log, and a new one begun. On a
    /// full disk the <see cref="ReservedRoom"/> is given up for it.
    /// </summary>
    /// <exception cref="SqliteException">The file cannot be opened or written: rights, disk.</exception>
    /// <exception cref="IOException">The folder cannot be created.</exception>
    internal static SqliteDatabase Open(string folder, ILogger logger)
    {
        Directory.CreateDirectory(folder);
        try
        {
            return OpenFile(Path.Combine(folder, FileName), logger);
        }
        catch (Exception e) when (DiskTrouble.IsFull(e) && new ReservedRoom(folder).GiveUp())
        {
            return OpenFile(Path.Combine(folder, FileName), logger);
        }
    }

    private static SqliteDatabase OpenFile(string file, ILogger logger)
    {
        if (TryOpen(file, out var problem) is { } database)
        {
            return database;
        }

        var aside = DriverFiles.SetAside(file);
        Log.SetAside(logger, file, problem, aside);
        return TryOpen(file, out problem) ?? throw new SqliteException($"open {file}", SqliteNative.Corrupt, problem);
    }

    private static SqliteDatabase? TryOpen(string file, out string problem)
    {
        DriverFiles.CreatePrivate(file);
        var database = SqliteDatabase.Open(file);
        try
        {
            // WAL with FULL: a commit is on disk when it returns, and readers do not block it.
            database.Execute(
                "PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "PRAGMA secure_delete = ON", $"PRAGMA wal_autocheckpoint = {LogPages}");
            problem = DriverSchema.TryMigrate(database)
                ? DriverSchema.Check(database) ?? ""
                : "a newer version of CabinMood wrote it";
            if (problem.Length == 0)
            {
                return database;
            }
        }
        catch (SqliteException exception) when (
            exception.PrimaryCode is SqliteNative.Corrupt or SqliteNative.NotADatabase or SqliteNative.Error)
        {
            problem = exception.Detail ?? exception.Message;
        }
        catch
        {
            database.Dispose();
            throw;
        }

        database.Dispose();
        return null;
    }
}
