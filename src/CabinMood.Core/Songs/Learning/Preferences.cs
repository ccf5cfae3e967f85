using System.Collections.Immutable;

namespace CabinMood.Core.Songs.Learning;

/// <summary>
/// What was learned of a driver's taste: a Bayesian linear regression of rewards over song and situation, and how much
/// each artist and song surprised. Immutable; sums only, so that a lesson can be taken back by adding it the other way
/// round.
/// </summary>
/// <remarks>
/// A contextual bandit by Thompson sampling [Agrawal, Goyal 2013]: weights are drawn from what is believed of them, and
/// songs are ranked as if the draw were true. LinUCB would need a quadratic form per song, 79 x 79 numbers each; a drawn
/// weight vector is the same for all songs, so that a million are ranked in milliseconds, its draws vary the choice by
/// themselves, and late or noisy feedback does it no harm.
/// </remarks>
/// <param name="Precision">The features' products added up, over the noise: a lower triangle by rows.</param>
/// <param name="Moments">The features times what was left unexplained, added up, over the noise.</param>
/// <param name="Reactions">How many reactions were learned from, by weight.</param>
/// <param name="Artists">By name.</param>
/// <param name="Songs">By id.</param>
public sealed record Preferences(
    ImmutableArray<double> Precision,
    ImmutableArray<double> Moments,
    double Reactions,
    ImmutableDictionary<string, Effect> Artists,
    ImmutableDictionary<string, Effect> Songs)
{
    private const int Size = PreferenceFeatures.Count;

    // A person's reactions scatter this much around any taste: standard deviation 0.35.
    private const double Noise = 0.35 * 0.35;

    // Doubt about an artist or a song, in reactions.
    private const double ArtistCaution = 4;
    private const double SongCaution = 3;

    // More than this many are forgotten, the least surprising first.
    private const int MostArtists = 300;
    private const int MostSongs = 500;

    // A driver's first songs are no experiment: draws widen as feedback comes, half-way after this many reactions.
    private const double ExplorationGrowth = 10;

    /// <summary>Nothing learned.</summary>
    public static Preferences None { get; } = new(
        [.. new double[Size * (Size + 1) / 2]],
        [.. new double[Size]],
        0,
        ImmutableDictionary.Create<string, Effect>(StringComparer.Ordinal),
        ImmutableDictionary.Create<string, Effect>(StringComparer.Ordinal));

    /// <summary>Whether the numbers are those of this version's features, and numbers at all.</summary>
    public bool IsSound() =>
        !Precision.IsDefault && !Moments.IsDefault && Artists is not null && Songs is not null
        && Precision.Length == None.Precision.Length && Moments.Length == Size
        && Precision.All(double.IsFinite) && Moments.All(double.IsFinite) && double.IsFinite(Reactions);

    /// <summary>What a reaction to a song teaches, seen from what is known already.</summary>
    /// <param name="song">The song.</param>
    /// <param name="context">The situation it was chosen for.</param>
    /// <param name="reaction">How it was taken.</param>
    /// <param name="share">How much the reaction counts, 0 to 1.</param>
    public Lesson Learn(Song song, in ListeningContext context, Reaction reaction, double share)
    {
        var features = PreferenceFeatures.Of(song, context);
        var reward = Rewards.Of(reaction);
        var weights = Mean();
        var expected = PreferenceFeatures.ExpectedOf(song, context.Target);
        var known = expected;
        for (var i = 0; i < Size; i++)
        {
            expected += weights[i] * features[i];
        }

        return new Lesson(
            song.Id,
            song.Artist,
            [.. features],
            reward - known - OfArtist(song.Artist) - OfSong(song.Id),
            reward - expected,
            Rewards.WeightOf(reaction) * share);
    }

    /// <summary>Takes in a lesson.</summary>
    public Preferences With(Lesson lesson) => Add(lesson, 1);

    /// <summary>Takes a lesson back.</summary>
    public Preferences Without(Lesson lesson) => Add(lesson, -1);

    /// <summary>How much better an artist is taken than their songs' sound would let one expect, in rewards.</summary>
    public double OfArtist(string artist) => Artists.TryGetValue(artist, out var effect) ? effect.Value(ArtistCaution) : 0;

    /// <summary>The same for a song.</summary>
    public double OfSong(string id) => Songs.TryGetValue(id, out var effect) ? effect.Value(SongCaution) : 0;

    /// <summary>The weights to be expected.</summary>
    internal double[] Mean()
    {
        if (Reactions <= 0)
        {
            return new double[Size];
        }

        Span<double> factor = stackalloc double[Size * (Size + 1) / 2];
        return Mean(factor);
    }

    /// <summary>Weights drawn from what is believed of them; with nothing learned, those expected.</summary>
    /// <param name="exploration">How widely: 1 is all of the doubt, 0 none.</param>
    /// <param name="seed">The only source of randomness.</param>
    internal double[] Draw(double exploration, ref ulong seed)
    {
        if (Reactions <= 0)
        {
            return new double[Size];
        }

        Span<double> factor = stackalloc double[Size * (Size + 1) / 2];
        var weights = Mean(factor);
        var scale = exploration * Reactions / (Reactions + ExplorationGrowth);
        Span<double> deviation = stackalloc double[Size];
        for (var i = 0; i < Size; i++)
        {
            deviation[i] = scale * NextNormal(ref seed);
        }

        PositiveDefinite.SolveUpper(factor, deviation);
        for (var i = 0; i < Size; i++)
        {
            weights[i] += deviation[i];
        }

        return weights;
    }

    private double[] Mean(Span<double> factor)
    {
        Precision.CopyTo(factor);
        var weights = Moments.ToArray();
        for (var i = 0; i < Size; i++)
        {
            var deviation = PreferenceFeatures.PriorDeviations[i];
            factor[PositiveDefinite.At(i, i)] += 1 / (deviation * deviation);
        }

        PositiveDefinite.Factor(factor, Size);
        PositiveDefinite.SolveLower(factor, weights);
        PositiveDefinite.SolveUpper(factor, weights);
        return weights;
    }

    private Preferences Add(Lesson lesson, double sign)
    {
        var weight = sign * lesson.Weight;
        var features = lesson.Features;
        var precision = Precision.ToArray();
        var moments = Moments.ToArray();
        for (var row = 0; row < Size; row++)
        {
            if (features[row] == 0)
            {
                continue;
            }

            moments[row] += weight * lesson.Outcome * features[row] / Noise;
            for (var column = 0; column <= row; column++)
            {
                precision[PositiveDefinite.At(row, column)] += weight * features[row] * features[column] / Noise;
            }
        }

        return new Preferences(
            [.. precision],
            [.. moments],
            Math.Max(0, Reactions + weight),
            Add(Artists, lesson.Artist, weight, lesson.Surprise, ArtistCaution, MostArtists),
            Add(Songs, lesson.SongId, weight, lesson.Surprise, SongCaution, MostSongs));
    }

    private static ImmutableDictionary<string, Effect> Add(
        ImmutableDictionary<string, Effect> effects, string key, double weight, double surprise, double caution, int most)
    {
        effects = effects.SetItem(key, effects.GetValueOrDefault(key).Plus(weight, weight * surprise));
        if (effects.Count <= most)
        {
            return effects;
        }

        var least = effects.Where(entry => entry.Key != key)
            .MinBy(entry => (Math.Abs(entry.Value.Value(caution)), entry.Key), EffectOrder.Instance);
        return effects.Remove(least.Key);
    }

    // Box and Muller: one of the two numbers is enough here.
    private static double NextNormal(ref ulong seed)
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - SplitMix64.NextFraction(ref seed)));
        return radius * Math.Cos(2 * Math.PI * SplitMix64.NextFraction(ref seed));
    }

    // Dictionaries have no order of their own; the same lessons must always forget the same entry.
    private sealed class EffectOrder : IComparer<(double Value, string Key)>
    {
        internal static EffectOrder Instance { get; } = new();

        public int Compare((double Value, string Key) x, (double Value, string Key) y)
        {
            var byValue = x.Value.CompareTo(y.Value);
            return byValue != 0 ? byValue : string.CompareOrdinal(x.Key, y.Key);
        }
    }
}
