using System.Collections;
using System.Text;

namespace CabinMood.Core.Songs.Catalogue;

/// <summary>
/// A catalogue as columns, ordered by song id (bytes of its UTF-8): what the choice reads for every song lies in arrays
/// of numbers, and texts become strings only for the songs that are chosen. A million songs take about 150 MB.
/// </summary>
/// <remarks>Immutable and thread-safe. Made by <see cref="SongCatalogueBuilder"/>.</remarks>
public sealed class SongCatalogue : IReadOnlyList<Song>
{
    private readonly SongTable _table;
    private readonly string _uriTemplate;
    private readonly Dictionary<string, int> _artistPlaces;
    private readonly int[] _songsByArtist;
    private readonly int[] _artistEnds;

    internal SongCatalogue(SongTable table, string uriTemplate)
    {
        _table = table;
        _uriTemplate = uriTemplate;
        Artists = [.. table.Artists];
        Languages = [.. table.Languages];
        _artistPlaces = new Dictionary<string, int>(Artists.Count, StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < Artists.Count; i++)
        {
            _artistPlaces.TryAdd(Artists[i], i);
        }

        (_songsByArtist, _artistEnds) = GroupByArtist(table, Artists.Count);
    }

    /// <summary>How many songs there are.</summary>
    public int Count => _table.Count;

    /// <summary>All artists, each once.</summary>
    public IReadOnlyList<string> Artists { get; }

    /// <summary>All languages, each once; empty for songs whose language is not known.</summary>
    public IReadOnlyList<string> Languages { get; }

    /// <summary>Valence of every song, 0 to 1.</summary>
    public ReadOnlySpan<float> Valence => _table.Valence.AsSpan(0, Count);

    /// <summary>Energy of every song, 0 to 1.</summary>
    public ReadOnlySpan<float> Energy => _table.Energy.AsSpan(0, Count);

    /// <summary>Tempo of every song in beats per minute.</summary>
    public ReadOnlySpan<float> Tempo => _table.Tempo.AsSpan(0, Count);

    /// <summary>Popularity of every song, 0 to 100.</summary>
    public ReadOnlySpan<float> Popularity => _table.Popularity.AsSpan(0, Count);

    /// <summary>Of every song the place of its artist in <see cref="Artists"/>.</summary>
    public ReadOnlySpan<int> ArtistPlaces => _table.Artist.AsSpan(0, Count);

    /// <summary>Of every song the place of its language in <see cref="Languages"/>.</summary>
    internal ReadOnlySpan<ushort> LanguagePlaces => _table.Language.AsSpan(0, Count);

    /// <summary>Of every song the place of its label in <see cref="MoodLabels.All"/>.</summary>
    internal ReadOnlySpan<byte> MoodLabelPlaces => _table.MoodLabel.AsSpan(0, Count);

    /// <summary>One song with all its texts.</summary>
    public Song this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            var id = _table.Texts.Text(SongTable.IdOf(index));
            var uri = _table.Texts.Text(SongTable.UriOf(index));
            var numbers = _table.NumbersOf(index);
            return new Song(
                id,
                _table.Texts.Text(SongTable.NameOf(index)),
                Artists[_table.Artist[index]],
                _table.Texts.Text(SongTable.AlbumOf(index)),
                uri.Length > 0 ? uri : _uriTemplate.Replace("{id}", id, StringComparison.Ordinal),
                numbers.LengthMs,
                MoodLabels.All[_table.MoodLabel[index]],
                numbers.Valence,
                numbers.Energy,
                numbers.Tempo,
                numbers.LoudnessDb,
                numbers.Popularity,
                Languages[_table.Language[index]])
            {
                Audio = numbers.Audio,
            };
        }
    }

    /// <summary>The same songs as columns; a catalogue that already is one is given back as it is.</summary>
    public static SongCatalogue Of(IReadOnlyList<Song> songs)
    {
        if (songs is SongCatalogue catalogue)
        {
            return catalogue;
        }

        var builder = new SongCatalogueBuilder(songs.Count);
        for (var i = 0; i < songs.Count; i++)
        {
            builder.Add(songs[i]);
        }

        return builder.Build("");
    }

    /// <summary>A song's id.</summary>
    public string IdOf(int index) => _table.Texts.Text(SongTable.IdOf(index));

    /// <summary>Where a song is; -1 when there is none with this id.</summary>
    public int IndexOf(string id)
    {
        var wanted = Encoding.UTF8.GetBytes(id);
        var (low, high) = (0, Count - 1);
        while (low <= high)
        {
            var middle = (int)(((uint)low + (uint)high) / 2);
            var order = _table.Texts[SongTable.IdOf(middle)].SequenceCompareTo(wanted);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return -1;
    }

    /// <summary>The place of an artist in <see cref="Artists"/>, whatever the case of its letters; -1 when there is none.</summary>
    public int ArtistPlaceOf(string artist) => _artistPlaces.GetValueOrDefault(artist, -1);

    /// <summary>All songs of an artist.</summary>
    public ReadOnlySpan<int> SongsOf(int artistPlace)
    {
        var start = artistPlace == 0 ? 0 : _artistEnds[artistPlace - 1];
        return _songsByArtist.AsSpan(start, _artistEnds[artistPlace] - start);
    }

    /// <inheritdoc/>
    public IEnumerator<Song> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Of every song its place on the valence/energy plane.</summary>
    internal ReadOnlySpan<ushort> Cells => _table.Cells.AsSpan(0, Count);

    /// <summary>The bytes of every song, a column for each <see cref="SoundColumn"/>.</summary>
    internal byte[][] Sounds => _table.Sounds;

    /// <summary>One of these columns.</summary>
    internal ReadOnlySpan<byte> Sound(SoundColumn column) => _table.Sounds[(int)column].AsSpan(0, Count);

    private static (int[] Songs, int[] Ends) GroupByArtist(SongTable table, int artists)
    {
        var ends = new int[artists];
        for (var i = 0; i < table.Count; i++)
        {
            ends[table.Artist[i]]++;
        }

        for (var i = 1; i < artists; i++)
        {
            ends[i] += ends[i - 1];
        }

        var songs = new int[table.Count];
        var next = (int[])ends.Clone();
        for (var i = table.Count - 1; i >= 0; i--)
        {
            songs[--next[table.Artist[i]]] = i;
        }

        return (songs, ends);
    }
}
