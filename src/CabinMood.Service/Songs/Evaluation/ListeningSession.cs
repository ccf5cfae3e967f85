using System.Collections.Immutable;
using CabinMood.Core;
using CabinMood.Core.Moods;
using CabinMood.Core.Songs;
using CabinMood.Core.Songs.Catalogue;
using CabinMood.Core.Songs.Learning;

namespace CabinMood.Service.Songs.Evaluation;

/// <summary>
/// One listener, one way of choosing, many songs: trips of 20 songs in a moving car, three a day, a mood for every five
/// songs. What happens depends on the seed alone, so that all contenders meet the same moods.
/// </summary>
internal sealed class ListeningSession
{
    // About a quarter of an hour.
    private const int SongsPerMood = 5;

    private const int SongsPerTrip = 20;
    private const int HistoryKept = 500;
    private const int NamedArtists = 5;

    // When the three trips of a day begin.
    private static readonly TimeSpan[] TripStarts = [TimeSpan.FromHours(7), TimeSpan.FromHours(13), TimeSpan.FromHours(18)];
    private static readonly Mood[] Moods = [Mood.Happy, Mood.Energetic, Mood.Calm, Mood.Neutral, Mood.Sad, Mood.Tense];

    private readonly SongCatalogue _songs;
    private readonly SongChooser _chooser;
    private readonly SimulatedListener _listener;
    private readonly Contender _contender;
    private readonly Taste _taste;
    private Preferences _learned = Preferences.None;
    private ImmutableList<Play> _history = [];

    internal ListeningSession(SongCatalogue songs, SongChooser chooser, SimulatedListener listener, Contender contender)
    {
        _songs = songs;
        _chooser = chooser;
        _listener = listener;
        _contender = contender;
        // The only one that lives by what it is told.
        _taste = contender.Strategy == Strategy.Taste ? Taste.None with { Artists = listener.FavouriteArtists(NamedArtists) } : Taste.None;
    }

    /// <summary>Plays songs and tells which, when, in which mood, and how much they are really liked.</summary>
    internal IReadOnlyList<PlayedSong> Run(int count, ulong seed)
    {
        var played = new List<PlayedSong>(count);
        var random = seed;
        var moods = seed ^ 0x6D6F6F6473;
        var mood = Mood.Neutral;
        var now = TimeSpan.Zero;
        for (var i = 0; i < count; i++)
        {
            if (i % SongsPerMood == 0)
            {
                mood = Moods[(int)(SplitMix64.NextFraction(ref moods) * Moods.Length)];
            }

            if (i % SongsPerTrip == 0)
            {
                var trip = i / SongsPerTrip;
                now = TimeSpan.FromDays(trip / TripStarts.Length) + TripStarts[trip % TripStarts.Length];
            }

            var request = Request(mood, now, SplitMix64.Next(ref random));
            var song = _contender.IsOracle ? BestFor(request) : _songs.IndexOf(_chooser.Choose(request).Song.Id);
            played.Add(new PlayedSong(song, mood, now, _listener.LikingOf(song, mood)));
            _history = _history.Add(new Play(_songs[song].Id, now));
            _history = _history.Count > HistoryKept ? _history.RemoveAt(0) : _history;
            if (_contender.Learns)
            {
                Learn(song, request, ref random);
            }

            now += TimeSpan.FromMilliseconds(_songs[song].LengthMs);
        }

        return played;
    }

    private SongRequest Request(Mood mood, TimeSpan now, ulong seed) =>
        new(mood, _listener.Style, _taste, IsMoving: true, IsTired: false, IsDriversWish: false, _history, seed)
        {
            Now = now,
            Daypart = ListeningContext.DaypartAt(DateTimeOffset.UnixEpoch + now),
            Learned = _learned,
        };

    private int BestFor(SongRequest request) => _chooser.Admitted(request).MaxBy(entry => _listener.ExpectedRewardOf(entry.Song, request.Mood) - entry.NoveltyCost).Song;

    private void Learn(int song, SongRequest request, ref ulong random)
    {
        var reaction = _listener.ReactTo(song, request.Mood, ref random);
        var context = new ListeningContext(request.Mood, request.Style, request.Daypart, _chooser.TargetOf(request));
        _learned = _learned.With(_learned.Learn(_songs[song], context, reaction, 1));
    }
}
