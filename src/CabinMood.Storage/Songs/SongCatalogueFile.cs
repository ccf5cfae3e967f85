using CabinMood.Core.Songs;
using CsvHelper;

namespace CabinMood.Storage.Songs;

/// <summary>
/// Reads song catalogues: CSV in UTF-8 with the columns of the contract (name, album, artist, id, popularity, length,
/// energy, valence, loudness, tempo, mood; optional language, uri, danceability, acousticness, instrumentalness,
/// liveness and speechiness; others are ignored), with or without BOM, quotes and CRLF. A bad row is reported and skipped,
/// never the file.
/// </summary>
public static class SongCatalogueFile
{
    /// <summary>Far beyond any real row, and no burden even for a small machine.</summary>
    private const int MaxRecordBytes = 64 * 1024 * 1024;

    /// <summary>Reads a file.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="uriTemplate">Makes a uri for rows without one: <c>spotify:track:{id}</c>. Empty for none.</param>
    /// <exception cref="SongCatalogueException">It is empty, or columns are missing.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static SongCatalogueContent Read(string path, string uriTemplate)
    {
        using var stream = Open(path);
        return Read(stream, uriTemplate);
    }

    /// <summary>Opens a file for reading.</summary>
    /// <exception cref="IOException">It is not there, or a folder.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static FileStream Open(string path) =>
        Directory.Exists(path) ? throw new IOException("it is a folder, not a file") : File.OpenRead(path);

    /// <summary>Reads from a stream, to its end.</summary>
    /// <exception cref="SongCatalogueException">It is empty, or columns are missing.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static SongCatalogueContent Read(Stream stream, string uriTemplate)
    {
        ArgumentNullException.ThrowIfNull(uriTemplate);
        var songs = new List<Song>();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var bad = new List<BadRow>();
        var merged = 0;
        ReadRows(stream, uriTemplate, Take, bad.Add);
        return new SongCatalogueContent(songs, merged, bad);

        void Take(Song song)
        {
            if (places.TryAdd(song.Id, songs.Count))
            {
                songs.Add(song);
            }
            else
            {
                songs[places[song.Id]] = song;
                merged++;
            }
        }
    }

    /// <summary>Reads from a stream row by row, keeping nothing.</summary>
    /// <param name="stream">Read to its end.</param>
    /// <param name="uriTemplate">Makes a uri for rows without one; null leaves them empty.</param>
    /// <param name="take">Told of every good row.</param>
    /// <param name="refuse">Told of every bad row.</param>
    /// <returns>Features that the file has no column for.</returns>
    /// <exception cref="SongCatalogueException">It is empty, or columns are missing.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal static IReadOnlyList<string> ReadRows(Stream stream, string? uriTemplate, Action<Song> take, Action<BadRow> refuse)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var malformed = new Dictionary<long, CsvMalformedReason>();
        using var rows = CsvReader.Create(stream, OptionsFor(malformed), leaveOpen: true);
        var columns = CatalogueColumns.Of(Header(rows));
        OpenQuote? open = null;
        while (Next(rows))
        {
            malformed.Remove(rows.LineNumber, out var quoting);
            var row = ReadOne(columns, rows, (int)rows.LineNumber, quoting, uriTemplate);
            if (open is not null)
            {
                open.Add(row, rows.RawRecord);
            }
            else if (quoting == CsvMalformedReason.LineBreakInQuotes)
            {
                open = new OpenQuote(row, rows.RawRecord);
            }
            else
            {
                row.Tell(take, refuse);
            }

            if (open is { IsDecided: true })
            {
                TellOpen(open);
                open = null;
            }
        }

        if (open is not null)
        {
            TellOpen(open);
        }

        return columns.MissingFeatures;

        void TellOpen(OpenQuote lines)
        {
            foreach (var row in Joined(lines, columns, rows.Separator, uriTemplate) is { } whole ? [whole] : lines.Apart)
            {
                row.Tell(take, refuse);
            }
        }
    }

    private static RowRead ReadOne(CatalogueColumns columns, CsvReader row, int line, CsvMalformedReason quoting, string? uriTemplate) =>
        quoting is CsvMalformedReason.UnterminatedQuote or CsvMalformedReason.LineBreakInQuotes ? new RowRead(line, null, RowRead.QuoteNotClosed)
        : SongRow.TryRead(columns, row, uriTemplate, out var song, out var reason) ? new RowRead(line, song, "")
        : new RowRead(line, null, reason);

    // Null when the lines are no row together.
    private static RowRead? Joined(OpenQuote lines, CatalogueColumns columns, char separator, string? uriTemplate)
    {
        var isWhole = true;
        using var rows = CsvReader.Create(lines.Text, new CsvReaderOptions
        {
            HasHeader = false,
            Separator = separator,
            OnMalformedRecord = _ => isWhole = false,
        });
        return rows.Read() && isWhole && rows.FieldCount == columns.Count ? ReadOne(columns, rows, lines.Line, default, uriTemplate) : null;
    }

    private static CsvReaderOptions OptionsFor(Dictionary<long, CsvMalformedReason> malformed) => new()
    {
        // A quote that is never closed must not swallow the rest of the file; see OpenQuote.
        AllowLineBreaksInQuotes = false,
        TrackLineNumbers = true,
        MaxRecordSize = MaxRecordBytes,
        OnMalformedRecord = record => malformed[record.LineNumber] = record.Reason,
    };

    private static IReadOnlyList<string> Header(CsvReader rows)
    {
        IReadOnlyList<string> header;
        try
        {
            rows.ReadHeader();
            header = [.. rows.Headers];
        }
        catch (CsvFormatException exception)
        {
            throw new SongCatalogueException($"the header line cannot be read: {exception.Message}");
        }

        if (header.All(string.IsNullOrWhiteSpace))
        {
            throw new SongCatalogueException("the file is empty");
        }

        return header.Any(name => name.Any(c => char.IsControl(c) || c == '\uFFFD'))
            ? throw new SongCatalogueException("not a text file in UTF-8")
            : header;
    }

    private static bool Next(CsvReader rows)
    {
        try
        {
            return rows.Read();
        }
        catch (CsvFormatException exception)
        {
            throw new SongCatalogueException($"not a CSV file: {exception.Message}");
        }
    }

}
