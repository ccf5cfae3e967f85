namespace CabinMood.Core;

/// <summary>A tiny, well-mixed generator whose whole state is one number, so that it fits into replayable state [Steele, Lea, Flood 2014].</summary>
public static class SplitMix64
{
    /// <summary>The next state and the number drawn from it.</summary>
    public static ulong Next(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A fraction in [0, 1).</summary>
    public static double NextFraction(ref ulong state) => (Next(ref state) >> 11) * (1.0 / (1UL << 53));
}
