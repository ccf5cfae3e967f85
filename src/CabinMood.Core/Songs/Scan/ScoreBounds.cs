using CabinMood.Core.Songs.Catalogue;

namespace CabinMood.Core.Songs.Scan;

/// <summary>
/// What songs can score at most, in 16-bit integers: five times as fast to find as the scores themselves, and enough to
/// pass over nearly all songs once a shortlist holds better ones. No song that belongs on the shortlist is lost.
/// </summary>
/// <remarks>
/// Why a bound is never too low. A song's score is a height over its place, <c>Constant + Plane[cell] - DistanceCost x
/// squared distance</c>, plus <c>Sounds[c] x byte</c> of each column, less what its language costs. In whole units:
/// <list type="bullet">
/// <item>The height counts as that of its cell's point nearest to the target, rounded up.</item>
/// <item>A column's weight is rounded to the nearest unit. Bytes are taken from their middle, 128, so a weight that is off
/// by d puts a song off by 128 x |d| at most; that much is added for every column.</item>
/// <item>A language's cost is rounded down.</item>
/// <item>The score is a sum of floats; how far its rounding can lift it is added too.</item>
/// </list>
/// </remarks>
internal sealed class ScoreBounds
{
    private const int MiddleByte = 128;

    // From the lowest score to the highest. What is left of the 65,536 numbers is for what is added for safety: 2 x 512
    // for rounding eight weights by half a unit, and 240 for rounding floats.
    private const int Units = 62_000;

    // A score is a sum of 11 terms, and a float holds 24 bits: in all a generous 64 roundings.
    private const double FloatError = 64.0 / (1 << 24);

    // The scores' spread counts as no less than this share of the terms' size, so that float rounding stays few units.
    private const double LeastSpread = 0.001;

    private readonly double _unit;
    private readonly double _middle;
    private readonly short[] _cells = new short[PlaneCells.Count];
    private readonly short[] _sounds = new short[SoundColumns.Count];
    private readonly short[]? _languages;

    /// <summary>The bounds under some weights.</summary>
    /// <param name="weights">What is scored.</param>
    /// <param name="languageCosts">What a language costs, by its place, 0 or more; null when none is wished for.</param>
    internal ScoreBounds(SongWeights weights, float[]? languageCosts)
    {
        var heights = Heights(weights);
        var reach = MiddleByte * weights.Sounds.Sum(sound => Math.Abs((double)sound));
        var dearest = languageCosts?.Max() ?? 0.0;
        var (lowest, highest) = (heights.Min() - reach - dearest, heights.Max() + reach);
        var size = Math.Abs(weights.Constant) + weights.Plane.Max(Math.Abs) + 2 * reach + Math.Max(Math.Abs(lowest), Math.Abs(highest));
        _middle = (lowest + highest) / 2;
        _unit = Math.Max(Math.Max(highest - lowest, LeastSpread * size), float.Epsilon) / Units;

        var slack = FloatError * size / _unit;
        var atMiddle = 0;
        for (var column = 0; column < _sounds.Length; column++)
        {
            var exact = weights.Sounds[column] / _unit;
            _sounds[column] = (short)Math.Round(exact);
            slack += MiddleByte * Math.Abs(exact - _sounds[column]);
            atMiddle += MiddleByte * _sounds[column];
        }

        for (var cell = 0; cell < _cells.Length; cell++)
        {
            // A sum may leave the 16 bits on its way, as here: it wraps around, and is back when all the bytes are added.
            _cells[cell] = unchecked((short)((int)Math.Ceiling((heights[cell] - _middle) / _unit + slack) - atMiddle));
        }

        _languages = languageCosts?.Select(cost => unchecked((short)(int)(cost / _unit))).ToArray();
    }

    /// <summary>The bounds of the songs from one on, in units; compare them with <see cref="LimitFor"/>.</summary>
    internal void Fill(SongCatalogue songs, int start, Span<short> bounds)
    {
        BoundKernels.Look(_cells, songs.Cells.Slice(start, bounds.Length), bounds);
        for (var column = 0; column < _sounds.Length; column++)
        {
            if (_sounds[column] != 0)
            {
                BoundKernels.Add(_sounds[column], songs.Sound((SoundColumn)column).Slice(start, bounds.Length), bounds);
            }
        }

        if (_languages is not null)
        {
            BoundKernels.Subtract(_languages, songs.LanguagePlaces.Slice(start, bounds.Length), bounds);
        }
    }

    /// <summary>A song whose bound lies below this scores less than the threshold.</summary>
    internal short LimitFor(float threshold) =>
        (short)Math.Clamp(Math.Floor((threshold - _middle) / _unit), short.MinValue, short.MaxValue);

    // Of each cell the score of a song at its best point whose sounds are all in the middle.
    private static double[] Heights(SongWeights weights)
    {
        var constant = (double)weights.Constant;
        foreach (var sound in weights.Sounds)
        {
            constant += MiddleByte * (double)sound;
        }

        var heights = new double[PlaneCells.Count];
        for (var cell = 0; cell < heights.Length; cell++)
        {
            heights[cell] = constant + weights.Plane[cell] - weights.DistanceCost * PlaneCells.SquaredDistance(cell, weights.Target);
        }

        return heights;
    }
}
