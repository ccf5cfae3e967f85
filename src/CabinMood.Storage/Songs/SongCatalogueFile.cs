using System.Globalization;
using CabinMood.Core.Songs;
using CabinMood.Core.Songs.Catalogue;
using CsvHelper;

namespace CabinMood.Storage.Songs;

/// <summary>
/// Reads song catalogues: CSV in UTF-8 with the columns of the contract (name, album, artist, id, popularity, length,
/// energy, valence, loudness, tempo, mood; optional language, uri, danceability, acousticness, instrumentalness,
/// liveness and speechiness; others are ignored), with or without BOM, quotes and CRLF. A bad row is reported and skipped, never the file.
/// </summary>
public static class SongCatalogueFile
{
    private const int MaxText = 500;

    /// <summary>Far beyond any real row, and far below what hurts.</summary>
    private const int MaxRecordBytes = 1024 * 1024;

    /// <summary>A day.</summary>
    private const int MaxLengthMs = 24 * 60 * 60 * 1000;

    private static readonly string[] Moods = [.. MoodLabels.All.Skip(1)];

    /// <summary>Reads a file.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="uriTemplate">Makes a uri for rows without one: <c>spotify:track:{id}</c>. Empty for none.</param>
    /// <exception cref="SongCatalogueException">It is empty, or columns are missing.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static SongCatalogueContent Read(string path, string uriTemplate)
    {
        using var stream = File.OpenRead(path);
        return Read(stream, uriTemplate);
    }

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
        while (Next(rows))
        {
            malformed.Remove(rows.LineNumber, out var quoting);
            if (TryRead(columns, rows, quoting, uriTemplate, out var song, out var reason))
            {
                take(song);
            }
            else
            {
                refuse(new BadRow((int)rows.LineNumber, reason));
            }
        }

        return columns.MissingFeatures;
    }

    private static CsvReaderOptions OptionsFor(Dictionary<long, CsvMalformedReason> malformed) => new()
    {
        // No title has a line break, and a quote that is never closed must not swallow the rest of the file.
        AllowLineBreaksInQuotes = false,
        TrackLineNumbers = true,
        MaxRecordSize = MaxRecordBytes,
        OnMalformedRecord = record => malformed[record.LineNumber] = record.Reason,
    };

    private static IReadOnlyList<string> Header(CsvReader rows)
    {
        try
        {
            rows.ReadHeader();
            return [.. rows.Headers];
        }
        catch (CsvFormatException exception)
        {
            throw new SongCatalogueException($"the header line cannot be read: {exception.Message}");
        }
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

    private static bool TryRead(
        CatalogueColumns columns, CsvReader row, CsvMalformedReason quoting, string? uriTemplate, out Song song, out string reason)
    {
        song = null!;
        if (quoting is CsvMalformedReason.UnterminatedQuote or CsvMalformedReason.LineBreakInQuotes)
        {
            reason = "a quote is not closed";
            return false;
        }

        if (row.FieldCount != columns.Count)
        {
            reason = string.Create(CultureInfo.InvariantCulture, $"{row.FieldCount} fields instead of {columns.Count}");
            return false;
        }

        string? problem = null;
        var id = Text("id", 1, 200);
        var uri = columns.Of(row, "uri");
        var read = new Song(
            id,
            Text("name", 1, MaxText),
            Text("artist", 1, MaxText),
            Text("album", 0, MaxText),
            uri.Length > 0 ? uri : uriTemplate?.Replace("{id}", id, StringComparison.Ordinal) ?? "",
            (int)Number("length", 1, MaxLengthMs),
            Word("mood", Moods),
            (float)Number("valence", 0, 1),
            (float)Number("energy", 0, 1),
            (float)Number("tempo", 0, 400),
            (float)Number("loudness", -100, 20),
            (float)Number("popularity", 0, 100),
            Language())
        {
            Audio = new AudioFeatures(
                Feature("danceability"), Feature("acousticness"), Feature("instrumentalness"), Feature("liveness"), Feature("speechiness")),
        };
        if (read.Uri.Length == 0 && uriTemplate is not null)
        {
            problem ??= "neither a uri nor a template for one";
        }

        song = read;
        reason = problem ?? "";
        return problem is null;

        string Text(string column, int min, int max)
        {
            var text = columns.Of(row, column);
            if (text.Length < min || text.Length > max || text.Any(char.IsControl) || text.Contains('\uFFFD', StringComparison.Ordinal))
            {
                problem ??= text.Length < min ? $"{column} is empty" : $"{column} is too long or not plain UTF-8 text";
            }

            return text;
        }

        double Number(string column, double min, double max)
        {
            var text = columns.Of(row, column);
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max)
            {
                return number;
            }

            problem ??= string.Create(CultureInfo.InvariantCulture, $"{column} is \"{Short(text)}\", not a number from {min} to {max}");
            return min;
        }

        // Some catalogues know a song's features and others do not; an empty field is no reason to lose the song.
        float Feature(string column) => columns.Of(row, column).Length == 0 ? AudioFeatures.Middle : (float)Number(column, 0, 1);

        string Word(string column, string[] words)
        {
            var text = columns.Of(row, column);
            var word = words.FirstOrDefault(word => word.Equals(text, StringComparison.OrdinalIgnoreCase));
            if (word is null && text.Length > 0)
            {
                problem ??= $"{column} is \"{Short(text)}\", not one of {string.Join(", ", words)}";
            }

            return word ?? "";
        }

        string Language()
        {
            var text = columns.Of(row, "language");
            if (text.Length > 35 || !text.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            {
                problem ??= $"language is \"{Short(text)}\", not a BCP 47 tag";
            }

            return text;
        }
    }

    private static string Short(string text) => text.Length <= 40 ? text : $"{text[..40]}…";
}
