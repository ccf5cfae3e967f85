using CabinMood.Core.Songs.Catalogue;

namespace CabinMood.Core.Songs.Scan;

/// <summary>Which songs may be chosen at all, under one set of rules.</summary>
internal sealed class SongAdmission
{
    private readonly SongCatalogue _songs;
    private readonly byte[] _safety;
    private readonly byte _required;
    private readonly IReadOnlySet<int> _barredArtists;
    private readonly IReadOnlySet<int> _barredSongs;

    /// <summary>Rules over a catalogue.</summary>
    /// <param name="songs">The catalogue.</param>
    /// <param name="safety">Of every song the bounds that it keeps, from <see cref="SongSafety"/>.</param>
    /// <param name="required">The bounds that it must keep.</param>
    /// <param name="barredArtists">Places of artists that may not come.</param>
    /// <param name="barredSongs">Songs that may not come.</param>
    internal SongAdmission(SongCatalogue songs, byte[] safety, SafetyBounds required, IReadOnlySet<int> barredArtists, IReadOnlySet<int> barredSongs)
    {
        _songs = songs;
        _safety = safety;
        _required = (byte)required;
        _barredArtists = barredArtists;
        _barredSongs = barredSongs;
    }

    internal bool Admits(int song) =>
        (_safety[song] & _required) == _required
        && (_barredSongs.Count == 0 || !_barredSongs.Contains(song))
        && (_barredArtists.Count == 0 || !_barredArtists.Contains(_songs.ArtistPlaces[song]));
}
