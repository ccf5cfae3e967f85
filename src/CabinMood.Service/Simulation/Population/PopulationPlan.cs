namespace CabinMood.Service.Simulation.Population;

/// <summary>Whom to simulate.</summary>
/// <param name="Drivers">How many.</param>
/// <param name="Hours">How long each drives.</param>
/// <param name="Seed">Another seed is another population.</param>
public sealed record PopulationPlan(int Drivers, double Hours, ulong Seed)
{
    /// <summary>Readings a second.</summary>
    public double Hertz { get; init; } = 5;

    /// <summary>
    /// Which part of a driver's bias is the same whatever the face shows, 0 to 1. FER+ shows every person once and cannot
    /// say; that it is all of it is an assumption, to be varied.
    /// </summary>
    public double CarryOver { get; init; } = 1;
}
