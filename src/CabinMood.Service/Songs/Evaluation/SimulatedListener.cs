using CabinMood.Core;
using CabinMood.Core.Moods;
using CabinMood.Core.Songs;
using CabinMood.Core.Songs.Catalogue;
using CabinMood.Core.Songs.Learning;

namespace CabinMood.Service.Songs.Evaluation;

/// <summary>
/// A listener with a hidden taste, for comparing ways of choosing. The chooser never sees this class: it is told
/// reactions and nothing else. Liking depends on a taste for each artist, part of which goes with how the artist sounds
/// and part of which nothing tells; on something in each song that no catalogue knows; and on wishes per mood, some of
/// which go against the mood. One reaction in five is noise.
/// </summary>
internal sealed class SimulatedListener
{
    /// <summary>Reactions that have nothing to do with the song.</summary>
    private const double Noise = 0.2;

    // Most people say little: a third of what is liked is said to be, a fifth of what is not is heard out all the same.
    private const double SaysLike = 0.35;
    private const double Skips = 0.65;
    private const double SaysDislike = 0.15;

    // Standard deviations of what makes up a liking, in logits [ours].
    private const double ArtistSpread = 1.2;
    private const double HiddenSpread = 0.3;

    // How much of the taste for artists goes with how they sound, as genres do; the rest is the artist's own, which nothing tells.
    private const double SharedWithSound = 0.75;

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
        _artistTastes = ArtistTastes(songs, Sounds(songs), ref random);
        _tastes = new double[songs.Count];
        for (var i = 0; i < _tastes.Length; i++)
        {
            _tastes[i] = _artistTastes[songs.ArtistPlaces[i]] + HiddenSpread * Normal(ref random);
        }
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
            (true, < SaysLike) => Reaction.Like,
            (false, < Skips) => Reaction.Skip,
            (false, < Skips + SaysDislike) => Reaction.Dislike,
            _ => Reaction.Heard,
        };
    }

    /// <summary>The reward to be expected of a song: what an oracle would go by.</summary>
    internal double ExpectedRewardOf(int song, Mood mood)
    {
        var liking = (1 - Noise) * LikingOf(song, mood) + Noise * 0.5;
        return liking * (SaysLike * Rewards.Of(Reaction.Like) + (1 - SaysLike) * Rewards.Of(Reaction.Heard))
            + (1 - liking) * (Skips * Rewards.Of(Reaction.Skip) + SaysDislike * Rewards.Of(Reaction.Dislike)
                + (1 - Skips - SaysDislike) * Rewards.Of(Reaction.Heard));
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

    private static double[] ArtistTastes(SongCatalogue songs, double[][] sounds, ref ulong random)
    {
        var weights = new double[sounds[0].Length];
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = Normal(ref random) / Math.Sqrt(weights.Length);
        }

        var tastes = new double[songs.Artists.Count];
        for (var artist = 0; artist < tastes.Length; artist++)
        {
            var (sum, count) = (0.0, 0);
            foreach (var song in songs.SongsOf(artist))
            {
                sum += weights.Zip(sounds[song], (weight, sound) => weight * sound).Sum();
                count++;
            }

            tastes[artist] = ArtistSpread * (Math.Sqrt(SharedWithSound) * sum / Math.Max(1, count) + Math.Sqrt(1 - SharedWithSound) * Normal(ref random));
        }

        return tastes;
    }

    /// <summary>How each song sounds, in standard deviations from the catalogue's mean.</summary>
    private static double[][] Sounds(SongCatalogue songs)
    {
        var sounds = songs.Select(song => new double[]
        {
            song.Tempo, song.Popularity, song.Audio.Danceability, song.Audio.Acousticness, song.Audio.Instrumentalness, song.Audio.Speechiness,
        }).ToArray();
        for (var i = 0; i < sounds[0].Length; i++)
        {
            var mean = sounds.Average(sound => sound[i]);
            var spread = Math.Sqrt(sounds.Average(sound => Square(sound[i] - mean)));
            foreach (var sound in sounds)
            {
                sound[i] = spread > 0 ? (sound[i] - mean) / spread : 0;
            }
        }

        return sounds;
    }

    private static double Normal(ref ulong random)
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - SplitMix64.NextFraction(ref random)));
        return radius * Math.Cos(2 * Math.PI * SplitMix64.NextFraction(ref random));
    }

    private static double Square(double value) => value * value;
}
