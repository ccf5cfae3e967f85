using System.Globalization;
using CabinMood.Core.Songs;
using CabinMood.Core.Songs.Catalogue;
using CabinMood.Storage.Sqlite;
using Microsoft.Extensions.Logging;

namespace CabinMood.Storage.Songs;

/// <summary>
/// The imported catalogue in <c>cabinmood.db</c>. An import replaces it in one transaction: whatever interrupts it leaves
/// the old one. Not thread-safe.
/// </summary>
public sealed class SongCatalogueStore : IDisposable
{
    // Often enough for a progress bar, seldom enough to cost nothing.
    private const int RowsPerReport = 500;

    // Rows are collected where nobody else waits for them, each id once; the transaction then only copies.
    private const string CreateIncoming = """
        CREATE TEMP TABLE incoming (
            id TEXT PRIMARY KEY NOT NULL, name TEXT, album TEXT, artist TEXT, uri TEXT, language TEXT, mood TEXT, length_ms INTEGER,
            valence REAL, energy REAL, tempo REAL, loudness REAL, popularity REAL,
            danceability REAL, acousticness REAL, instrumentalness REAL, liveness REAL, speechiness REAL) WITHOUT ROWID
        """;

    private const string InsertIncoming = "INSERT OR REPLACE INTO incoming VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private const string CopySongs = """
        INSERT INTO song
        SELECT id, incoming.name, album, place, uri, language, mood, length_ms, valence, energy, tempo, loudness, popularity,
            danceability, acousticness, instrumentalness, liveness, speechiness
        FROM incoming JOIN artist ON artist.name = incoming.artist ORDER BY id
        """;

    private const string SelectSongs = """
        SELECT id, name, album, artist, uri, language, mood, length_ms, valence, energy, tempo, loudness, popularity,
            danceability, acousticness, instrumentalness, liveness, speechiness
        FROM song ORDER BY id
        """;

    private readonly SqliteDatabase _database;

    private SongCatalogueStore(SqliteDatabase database) => _database = database;

    /// <summary>Opens the store, and creates it where it is missing; a file that cannot be used is set aside.</summary>
    /// <param name="folder">The state folder.</param>
    /// <param name="logger">Told when a file was set aside.</param>
    /// <exception cref="SqliteException">The file cannot be opened or written: rights, disk.</exception>
    /// <exception cref="IOException">The folder cannot be created.</exception>
    public static SongCatalogueStore Open(string folder, ILogger<SongCatalogueStore> logger)
    {
        var database = DriverDatabase.Open(folder, logger);
        try
        {
            // Songs are nobody's secret: overwriting old ones with zeros would double an import's work.
            database.Execute("PRAGMA secure_delete = OFF");
            return new SongCatalogueStore(database);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Replaces the catalogue by a CSV file's rows.</summary>
    /// <param name="csv">See <see cref="SongCatalogueFile"/>; read to its end.</param>
    /// <param name="isStrict">Whether one bad row is enough to refuse the file.</param>
    /// <param name="utc">Now.</param>
    /// <param name="refuse">Told of every bad row, while reading.</param>
    /// <param name="progress">Told the share done, 0 to 1.</param>
    /// <param name="cancellation">Leaves the old catalogue.</param>
    /// <exception cref="SongCatalogueException">The file is no catalogue, has no usable song, or has bad rows and is judged strictly. The old catalogue stays.</exception>
    /// <exception cref="SqliteException">It could not be stored. The old catalogue stays.</exception>
    public ImportResult Import(
        Stream csv, bool isStrict, DateTimeOffset utc, Action<BadRow> refuse, Action<double> progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(csv);
        _database.Execute("DROP TABLE IF EXISTS temp.incoming", CreateIncoming);
        var (good, bad) = (0, 0);
        IReadOnlyList<string> missing = [];
        using (var insert = _database.Prepare(InsertIncoming))
        {
            _database.InTransaction(() => missing = SongCatalogueFile.ReadRows(
                csv,
                null,
                song =>
                {
                    Insert(insert, song);
                    good++;
                    Report();
                },
                row =>
                {
                    refuse(row);
                    bad++;
                    Report();
                }), isImmediate: false);
        }

        if (good == 0 || (isStrict && bad > 0))
        {
            throw new SongCatalogueException(good == 0
                ? $"no usable song among {bad} rows; the catalogue stays as it is"
                : string.Create(CultureInfo.InvariantCulture, $"{bad} bad rows of {good + bad}, and --strict allows none; the catalogue stays as it is"));
        }

        Replace(utc);
        progress(1);
        var imported = (int)Number("SELECT count(*) FROM song");
        return new ImportResult(imported, bad, good - imported, missing);

        void Report()
        {
            if ((good + bad) % RowsPerReport == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                // What is left is the copying. A pipe does not know its length.
                progress(csv is { CanSeek: true, Length: > 0 } ? 0.7 * csv.Position / csv.Length : 0);
            }
        }
    }

    /// <summary>The imported catalogue; null where none was imported.</summary>
    /// <param name="uriTemplate">Fills missing uris; <c>{id}</c> stands for the song's id.</param>
    /// <exception cref="SqliteException">It cannot be read.</exception>
    /// <exception cref="SongCatalogueException">What is stored is no catalogue.</exception>
    public SongCatalogue? Load(string uriTemplate)
    {
        if (Number("SELECT count(*) FROM catalogue") == 0)
        {
            return null;
        }

        var songs = new SongCatalogueBuilder((int)Number("SELECT count(*) FROM song"));
        var artists = LoadArtists(songs);
        using var select = _database.Prepare(SelectSongs);
        select.ForEach(row =>
        {
            var place = row.Number(3);
            if (place < 1 || place > artists)
            {
                throw new SongCatalogueException("a stored song has no artist; import the catalogue again");
            }

            songs.Add(row.Utf8(0), row.Utf8(1), row.Utf8(2), row.Utf8(4), (int)place - 1, songs.LanguagePlace(row.Utf8(5)), MoodLabels.PlaceOf(row.Utf8(6)), new SongNumbers(
                (int)row.Number(7),
                (float)row.Real(8),
                (float)row.Real(9),
                (float)row.Real(10),
                (float)row.Real(11),
                (float)row.Real(12),
                new AudioFeatures((float)row.Real(13), (float)row.Real(14), (float)row.Real(15), (float)row.Real(16), (float)row.Real(17))));
        });
        return songs.Build(uriTemplate);
    }

    /// <summary>When the catalogue was imported; null where none was.</summary>
    /// <exception cref="SqliteException">It cannot be read.</exception>
    public DateTimeOffset? ImportedUtc()
    {
        using var select = _database.Prepare("SELECT imported_utc FROM catalogue");
        var text = select.Query(static row => row.Text(0)).SingleOrDefault();
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var utc) ? utc : null;
    }

    /// <inheritdoc/>
    public void Dispose() => _database.Dispose();

    private void Replace(DateTimeOffset utc)
    {
        _database.InTransaction(() =>
        {
            _database.Execute(
                "DELETE FROM song",
                "DELETE FROM artist",
                "INSERT INTO artist (name) SELECT DISTINCT artist FROM incoming ORDER BY artist",
                CopySongs);
            using var catalogue = _database.Prepare("INSERT OR REPLACE INTO catalogue (one, imported_utc) VALUES (1, ?)");
            catalogue.Run(utc.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture));
        });
        // The log holds the whole catalogue once more until somebody writes it back.
        _database.Execute("DROP TABLE temp.incoming", "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    private int LoadArtists(SongCatalogueBuilder songs)
    {
        using var select = _database.Prepare("SELECT name FROM artist ORDER BY place");
        var artists = select.Query(static row => row.Text(0) ?? "");
        foreach (var artist in artists)
        {
            songs.ArtistPlace(artist);
        }

        return artists.Count;
    }

    private static void Insert(SqliteStatement insert, Song song)
    {
        insert.Bind(1, song.Id);
        insert.Bind(2, song.Name);
        insert.Bind(3, song.Album);
        insert.Bind(4, song.Artist);
        insert.Bind(5, song.Uri);
        insert.Bind(6, song.Language);
        insert.Bind(7, song.MoodLabel);
        insert.Bind(8, song.LengthMs);
        ReadOnlySpan<float> numbers =
        [
            song.Valence, song.Energy, song.Tempo, song.LoudnessDb, song.Popularity,
            song.Audio.Danceability, song.Audio.Acousticness, song.Audio.Instrumentalness, song.Audio.Liveness, song.Audio.Speechiness,
        ];
        for (var i = 0; i < numbers.Length; i++)
        {
            insert.Bind(9 + i, (double)numbers[i]);
        }

        insert.Run();
    }

    private long Number(string sql)
    {
        using var statement = _database.Prepare(sql);
        return statement.Query(static row => row.Number(0))[0];
    }
}
