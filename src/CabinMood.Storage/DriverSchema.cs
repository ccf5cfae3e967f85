using CabinMood.Storage.Sqlite;

namespace CabinMood.Storage;

/// <summary>
/// The tables of <c>cabinmood.db</c> and how older files become newer ones. A step, once released, never changes;
/// <c>PRAGMA user_version</c> counts the steps that a file has taken.
/// </summary>
internal static class DriverSchema
{
    /// <summary>The tables that the driver's data is in, for checking and erasing.</summary>
    internal static readonly string[] Tables = ["feedback", "driver", "trip_state", "memory", "command"];

    private static readonly string[][] Steps =
    [
        [
            """
            CREATE TABLE feedback (
                id TEXT PRIMARY KEY NOT NULL,
                utc TEXT NOT NULL,
                source TEXT NOT NULL,
                kind TEXT NOT NULL,
                choice_id TEXT NOT NULL,
                song_id TEXT NOT NULL)
            """,
            "CREATE TABLE driver (one INTEGER PRIMARY KEY CHECK (one = 1), settings TEXT NOT NULL)",
            "CREATE TABLE trip_state (one INTEGER PRIMARY KEY CHECK (one = 1), record TEXT NOT NULL)",
        ],
        [
            "CREATE TABLE memory (one INTEGER PRIMARY KEY CHECK (one = 1), learned TEXT NOT NULL)",
            "CREATE TABLE artist (place INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
            // Ordered by id: so it is read, and so songs are found in memory.
            """
            CREATE TABLE song (
                id TEXT PRIMARY KEY NOT NULL,
                name TEXT NOT NULL,
                album TEXT NOT NULL,
                artist INTEGER NOT NULL,
                uri TEXT NOT NULL,
                language TEXT NOT NULL,
                mood TEXT NOT NULL,
                length_ms INTEGER NOT NULL,
                valence REAL NOT NULL,
                energy REAL NOT NULL,
                tempo REAL NOT NULL,
                loudness REAL NOT NULL,
                popularity REAL NOT NULL,
                danceability REAL NOT NULL,
                acousticness REAL NOT NULL,
                instrumentalness REAL NOT NULL,
                liveness REAL NOT NULL,
                speechiness REAL NOT NULL) WITHOUT ROWID
            """,
            "CREATE TABLE catalogue (one INTEGER PRIMARY KEY CHECK (one = 1), imported_utc TEXT NOT NULL)",
        ],
        [
            // Digests, so that neither what was asked nor a head unit's ids can be read here; asked is empty once it was erased.
            "CREATE TABLE command (place INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, asked TEXT NOT NULL, outcome TEXT NOT NULL)",
        ],
    ];

    /// <summary>Brings a file up to date, in one transaction a step.</summary>
    /// <returns>False when a newer CabinMood has written it.</returns>
    internal static bool TryMigrate(SqliteDatabase database)
    {
        using var versionOf = database.Prepare("PRAGMA user_version");
        var version = versionOf.Query(row => row.Number(0))[0];
        if (version > Steps.Length)
        {
            return false;
        }

        for (var step = (int)version; step < Steps.Length; step++)
        {
            database.InTransaction(() => database.Execute([.. Steps[step], $"PRAGMA user_version = {step + 1}"]));
        }

        return true;
    }

    /// <summary>The first thing that SQLite finds wrong with the driver's tables; null when they are sound.</summary>
    internal static string? Check(SqliteDatabase database)
    {
        foreach (var table in Tables)
        {
            using var check = database.Prepare($"PRAGMA quick_check('{table}')");
            var result = check.Query(row => row.Text(0))[0];
            if (result != "ok")
            {
                return result;
            }
        }

        return null;
    }
}
