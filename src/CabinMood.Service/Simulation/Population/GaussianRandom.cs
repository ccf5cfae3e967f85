using CabinMood.Core;

namespace CabinMood.Service.Simulation.Population;

/// <summary>Seeded random numbers that are the same on every machine. Not thread-safe.</summary>
public sealed class GaussianRandom(ulong seed)
{
    private ulong _state = seed;
    private double? _spare;

    /// <summary>Uniform, 0 (with) to 1 (without).</summary>
    public double Fraction() => SplitMix64.NextFraction(ref _state);

    /// <summary>A seed for another generator.</summary>
    public ulong Seed() => SplitMix64.Next(ref _state);

    /// <summary>Exponentially distributed with this mean.</summary>
    public double Exponential(double mean) => -mean * Math.Log(1 - Fraction());

    /// <summary>Standard normal (Box and Muller 1958; they come in pairs).</summary>
    public double Normal()
    {
        if (_spare is { } spare)
        {
            _spare = null;
            return spare;
        }

        var radius = Math.Sqrt(-2 * Math.Log(1 - Fraction()));
        var (sin, cos) = Math.SinCos(2 * Math.PI * Fraction());
        _spare = radius * sin;
        return radius * cos;
    }

    /// <summary>Fills with standard normal numbers.</summary>
    public void Fill(Span<double> numbers)
    {
        foreach (ref var number in numbers)
        {
            number = Normal();
        }
    }
}
