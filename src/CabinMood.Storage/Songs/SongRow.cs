using System.Globalization;
using CabinMood.Core.Songs;
using CabinMood.Core.Songs.Catalogue;
using CsvHelper;

namespace CabinMood.Storage.Songs;

/// <summary>Makes a song of one row of a catalogue file, or says what is wrong with it.</summary>
internal static class SongRow
{
    private const int MaxText = 500;

    /// <summary>A day.</summary>
    private const int MaxLengthMs = 24 * 60 * 60 * 1000;

    private static readonly string[] Moods = [.. MoodLabels.All.Skip(1)];

    /// <summary>Reads the row that a reader stands on.</summary>
    /// <param name="columns">Where each column is.</param>
    /// <param name="row">Stands on the row.</param>
    /// <param name="uriTemplate">Makes a uri for a row without one; null leaves it empty.</param>
    /// <param name="song">The song.</param>
    /// <param name="reason">What is wrong with the row; empty when nothing is.</param>
    internal static bool TryRead(CatalogueColumns columns, CsvReader row, string? uriTemplate, out Song song, out string reason)
    {
        song = null!;
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
            var text = OnOneLine(columns.Of(row, column));
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

    // What is shown in a car has one line, whatever the catalogue's owner typed.
    private static string OnOneLine(string text) => text.AsSpan().ContainsAny('\r', '\n')
        ? string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        : text;

    private static string Short(string text) => text.Length <= 40 ? text : $"{text[..40]}…";
}
