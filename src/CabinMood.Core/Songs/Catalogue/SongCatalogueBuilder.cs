using System.Text;

namespace CabinMood.Core.Songs.Catalogue;

/// <summary>Fills a catalogue, song by song. Songs that come ordered by id are not sorted again.</summary>
public sealed class SongCatalogueBuilder
{
    /// <summary>Tags of BCP 47 need not be longer.</summary>
    private const int LongestTag = 35;

    private readonly Dictionary<string, int> _artists = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ushort> _languages = new(StringComparer.OrdinalIgnoreCase);
    private SongTable _table;
    private bool _isSorted = true;

    /// <summary>An empty catalogue with room for this many songs; it grows when more come.</summary>
    public SongCatalogueBuilder(int songs) => _table = new SongTable(songs);

    /// <summary>An artist's place, to be given with each of its songs.</summary>
    public int ArtistPlace(string artist)
    {
        if (!_artists.TryGetValue(artist, out var place))
        {
            place = _table.Artists.Count;
            _artists.Add(artist, place);
            _table.Artists.Add(artist);
        }

        return place;
    }

    /// <summary>A language's place, to be given with each of its songs; empty where it is not known.</summary>
    /// <exception cref="OverflowException">More than 65,536 languages.</exception>
    public ushort LanguagePlace(string language)
    {
        if (!_languages.TryGetValue(language, out var place))
        {
            place = checked((ushort)_table.Languages.Count);
            _languages.Add(language, place);
            _table.Languages.Add(language);
        }

        return place;
    }

    /// <summary>The same for a language tag in UTF-8.</summary>
    public ushort LanguagePlace(ReadOnlySpan<byte> language)
    {
        if (language.Length <= LongestTag)
        {
            Span<char> text = stackalloc char[LongestTag];
            var length = Encoding.UTF8.GetChars(language, text);
            if (_languages.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text[..length], out var place))
            {
                return place;
            }
        }

        return LanguagePlace(Encoding.UTF8.GetString(language));
    }

    /// <summary>Adds a song.</summary>
    public void Add(Song song) => Add(
        Encoding.UTF8.GetBytes(song.Id),
        Encoding.UTF8.GetBytes(song.Name),
        Encoding.UTF8.GetBytes(song.Album),
        Encoding.UTF8.GetBytes(song.Uri),
        ArtistPlace(song.Artist),
        LanguagePlace(song.Language),
        MoodLabels.PlaceOf(song.MoodLabel),
        new SongNumbers(song.LengthMs, song.Valence, song.Energy, song.Tempo, song.LoudnessDb, song.Popularity, song.Audio));

    /// <summary>Adds a song from its parts; the texts are UTF-8 and are copied, an empty uri is filled from the template.</summary>
    public void Add(
        ReadOnlySpan<byte> id,
        ReadOnlySpan<byte> name,
        ReadOnlySpan<byte> album,
        ReadOnlySpan<byte> uri,
        int artistPlace,
        ushort languagePlace,
        byte moodLabelPlace,
        in SongNumbers numbers)
    {
        _isSorted = _isSorted && (_table.Count == 0 || _table.Texts[SongTable.IdOf(_table.Count - 1)].SequenceCompareTo(id) < 0);
        _table.Add(numbers.WithoutGaps(), artistPlace, languagePlace, moodLabelPlace);
        _table.Texts.Add(id);
        _table.Texts.Add(name);
        _table.Texts.Add(album);
        _table.Texts.Add(uri);
    }

    /// <summary>The catalogue. The builder is done with then.</summary>
    /// <param name="uriTemplate">Fills missing uris; <c>{id}</c> stands for the song's id.</param>
    /// <exception cref="ArgumentException">Two songs have the same id.</exception>
    public SongCatalogue Build(string uriTemplate)
    {
        if (!_isSorted)
        {
            _table = Sorted(_table);
        }

        _table.Complete();
        return new SongCatalogue(_table, uriTemplate);
    }

    private static SongTable Sorted(SongTable table)
    {
        var order = new int[table.Count];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(order, (a, b) => table.Texts[SongTable.IdOf(a)].SequenceCompareTo(table.Texts[SongTable.IdOf(b)]));
        var sorted = new SongTable(table.Count);
        sorted.Artists.AddRange(table.Artists);
        sorted.Languages.AddRange(table.Languages);
        for (var i = 0; i < order.Length; i++)
        {
            var song = order[i];
            if (i > 0 && table.Texts[SongTable.IdOf(song)].SequenceEqual(table.Texts[SongTable.IdOf(order[i - 1])]))
            {
                throw new ArgumentException($"Two songs have the id '{table.Texts.Text(SongTable.IdOf(song))}'.");
            }

            sorted.Add(table.NumbersOf(song), table.Artist[song], table.Language[song], table.MoodLabel[song]);
            sorted.Texts.Add(table.Texts[SongTable.IdOf(song)]);
            sorted.Texts.Add(table.Texts[SongTable.NameOf(song)]);
            sorted.Texts.Add(table.Texts[SongTable.AlbumOf(song)]);
            sorted.Texts.Add(table.Texts[SongTable.UriOf(song)]);
        }

        return sorted;
    }
}
