using CabinMood.Core;

namespace CabinMood.Service.Songs.Evaluation;

/// <summary>A mean over seeds with its 95 % interval.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
internal readonly record struct Estimate(double Mean, double Low, double High)
{
    private const int Resamples = 2000;

    /// <summary>Of one number a seed.</summary>
    internal static Estimate Of(IReadOnlyList<double> values) => Of(values.Count, picked => picked.Average(i => values[i]));

    /// <summary>Of anything that can be computed from a choice of seeds, by the bootstrap's percentiles [Efron 1979]; always the same for the same numbers.</summary>
    internal static Estimate Of(int seeds, Func<IReadOnlyList<int>, double> statistic)
    {
        var random = 1UL;
        var resampled = new double[Resamples];
        var picked = new int[seeds];
        for (var i = 0; i < Resamples; i++)
        {
            for (var j = 0; j < seeds; j++)
            {
                picked[j] = (int)(SplitMix64.NextFraction(ref random) * seeds);
            }

            resampled[i] = statistic(picked);
        }

        Array.Sort(resampled);
        return new Estimate(statistic([.. Enumerable.Range(0, seeds)]), resampled[(int)(0.025 * Resamples)], resampled[(int)(0.975 * Resamples)]);
    }
}
