using CsvHelper;

namespace CabinMood.Storage.Songs;

/// <summary>Where each column of a catalogue file is. Columns that are not needed are not looked at.</summary>
internal sealed class CatalogueColumns
{
    private static readonly string[] Required =
    [
        "name", "album", "artist", "id", "popularity", "length", "energy", "valence", "loudness", "tempo", "mood",
    ];

    private static readonly string[] Optional = ["language", "uri", .. Audio];

    // Helps the learned taste; without them it goes by the rest.
    private static IReadOnlyList<string> Audio => ["danceability", "acousticness", "instrumentalness", "liveness", "speechiness"];

    private readonly Dictionary<string, int> _indexes = new(StringComparer.OrdinalIgnoreCase);

    private CatalogueColumns(int count) => Count = count;

    /// <summary>How many fields a row has.</summary>
    internal int Count { get; }

    /// <summary>Features that the file does not have.</summary>
    internal IReadOnlyList<string> MissingFeatures => [.. Audio.Where(name => !_indexes.ContainsKey(name))];

    /// <exception cref="SongCatalogueException">Columns are missing or occur twice; the message names them.</exception>
    internal static CatalogueColumns Of(IReadOnlyList<string> header)
    {
        var columns = new CatalogueColumns(header.Count);
        for (var i = 0; i < header.Count; i++)
        {
            var name = header[i].Trim();
            var isKnown = Required.Concat(Optional).Contains(name, StringComparer.OrdinalIgnoreCase);
            if (isKnown && !columns._indexes.TryAdd(name, i))
            {
                throw new SongCatalogueException($"the column {name} occurs twice");
            }
        }

        var missing = Required.Where(name => !columns._indexes.ContainsKey(name)).ToList();
        return missing.Count == 0
            ? columns
            : throw new SongCatalogueException($"missing columns: {string.Join(", ", missing)}");
    }

    /// <summary>A row's field; empty for an optional column that the file does not have.</summary>
    internal string Of(CsvReader row, string column) =>
        _indexes.TryGetValue(column, out var index) ? row[index].ToString().Trim() : "";
}
