using CabinMood.Core;
using CabinMood.Core.Moods;
using CabinMood.Core.Songs;
using CabinMood.Core.Songs.Catalogue;
using CabinMood.Core.Songs.Learning;

namespace CabinMood.Service.Songs.Evaluation;

/// <summary>
/// A listener with a hidden taste, for comparing ways of choosing. The chooser never sees this class: it is told
/// reactions and nothing else. Liking depends on what no catalogue says (a taste for each artist, something in each song
/// that is neither in its sound nor in its artist), on how a song sounds, and on wishes per mood, some of which go
/// against the mood; one reaction in five is noise.
/// </summary>
internal sealed class SimulatedListener
{
    /// <summary>Reactions that have nothing to do with the song.</summary>
    private const double Noise = 0.2;

    // Standard deviations of what makes up a liking, in logits [ours].
    private const double ArtistSpread = 0.8;
    private const double HiddenSpread = 0.5;
    private const double SoundSpread = 0.35;

    // A song where the wish lies is liked by seven in ten, before artist and sound; 0.4 away, by four in ten.
    private const double LikingAtWish = 0.85;
    private const double LikingPerSquaredDistance = -8;

    // One mood in three is answered with another mood's music: sad songs for a good day, loud ones for a bad one.
    private const double Incongruent = 1 / 3.0;
    private const double WishSpread = 0.1;

    private static readonly Mood[] Moods = [Mood.Happy, Mood.Energetic, Mood.Calm, Mood.Neutral, Mood.Sad, Mood.Tense];

    private readonly SongCatalogue _songs;
    private readonly double[] _artistTastes;
    private readonly double[] _tastes;
    private readonly Dictionary<Mood, (double Valence, double Energy)> _wishes;

    /// <summary>A listener; the same seed is the same person.</summary>
    internal SimulatedListener(SongCatalogue songs, SongOptions options, ulong seed)
    {
        _songs = songs;
        var random = seed;
        Style = SplitMix64.NextFraction(ref random) switch { < 0.6 => Style.Match, < 0.85 => Style.Lift, _ => Style.Calm };
        _wishes = Wishes(options, Style, ref random);
        _artistTastes = new double[songs.Artists.Count];
        for (var i = 0; i < _artistTastes.Length; i++)
        {
            _artistTastes[i] = ArtistSpread * Normal(ref random);
        }

        _tastes = Tastes(songs, _artistTastes, ref random);
    }

    /// <summary>The style that this listener has set.</summary>
    internal Style Style { get; }

    /// <summary>The probability that a song is liked in a mood, without noise.</summary>
    internal double LikingOf(int song, Mood mood)
    {
        var (valence, energy) = _wishes[mood];
        var distance = Square(_songs.Valence[song] - valence) + Square(_songs.Energy[song] - energy);
        return 1 / (1 + Math.Exp(-(LikingAtWish + LikingPerSquaredDistance * distance + _tastes[song])));
    }

    /// <summary>What the listener does about a song: mostly what the liking says, and often nothing at all.</summary>
    internal Reaction ReactTo(int song, Mood mood, ref ulong random)
    {
        var liking = SplitMix64.NextFraction(ref random) < Noise ? 0.5 : LikingOf(song, mood);
        var isLiked = SplitMix64.NextFraction(ref random) < liking;
        return (isLiked, SplitMix64.NextFraction(ref random)) switch
        {
            (true, < 0.35) => Reaction.Like,
            (false, < 0.65) => Reaction.Skip,
            (false, < 0.8) => Reaction.Dislike,
            _ => Reaction.Heard,
        };
    }

    /// <summary>The artists that this listener would name when asked.</summary>
    internal IReadOnlyList<string> FavouriteArtists(int count) =>
    [
        .. Enumerable.Range(0, _artistTastes.Length).OrderByDescending(artist => _artistTastes[artist]).Take(count).Select(artist => _songs.Artists[artist]),
    ];

    private static Dictionary<Mood, (double Valence, double Energy)> Wishes(SongOptions options, Style style, ref ulong random)
    {
        var wishes = new Dictionary<Mood, (double, double)>();
        foreach (var mood in Moods)
        {
            var answered = SplitMix64.NextFraction(ref random) < Incongruent
                ? Moods[(int)(SplitMix64.NextFraction(ref random) * Moods.Length)]
                : mood;
            var target = options.TargetFor(answered, answered == mood ? style : Style.Match);
            wishes[mood] = (target.Valence + WishSpread * Normal(ref random), target.Energy + WishSpread * Normal(ref random));
        }

        return wishes;
    }

    private static double[] Tastes(SongCatalogue songs, double[] artistTastes, ref ulong random)
    {
        Span<double> sounds = stackalloc double[4];
        for (var i = 0; i < sounds.Length; i++)
        {
            sounds[i] = SoundSpread * Normal(ref random);
        }

        var tastes = new double[songs.Count];
        for (var i = 0; i < tastes.Length; i++)
        {
            var song = songs[i];
            tastes[i] = artistTastes[songs.ArtistPlaces[i]]
                + HiddenSpread * Normal(ref random)
                + sounds[0] * (song.Tempo - 120) / 30
                + sounds[1] * (song.Audio.Acousticness - 0.5) / 0.35
                + sounds[2] * (song.Audio.Danceability - 0.5) / 0.2
                + sounds[3] * (song.Popularity - 40) / 25;
        }

        return tastes;
    }

    private static double Normal(ref ulong random)
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - SplitMix64.NextFraction(ref random)));
        return radius * Math.Cos(2 * Math.PI * SplitMix64.NextFraction(ref random));
    }

    private static double Square(double value) => value * value;
}
