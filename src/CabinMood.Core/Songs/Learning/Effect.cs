namespace CabinMood.Core.Songs.Learning;

/// <summary>How much better or worse an artist or a song is taken than its sound would let one expect.</summary>
/// <param name="Weight">How much was heard of it, in reactions.</param>
/// <param name="Sum">The surprises, added up.</param>
public readonly record struct Effect(double Weight, double Sum)
{
    /// <summary>The surprise to reckon with, drawn towards none as long as little was heard.</summary>
    /// <param name="caution">How many reactions' worth of doubt.</param>
    internal double Value(double caution) => Weight <= 0 ? 0 : Sum / (Weight + caution);

    internal Effect Plus(double weight, double sum) => new(Weight + weight, Sum + sum);
}
