namespace CabinMood.Core.Safety;

/// <summary>The units that a signal's source may speak in, and what one of them is in the signal's own unit.</summary>
public static class SignalUnit
{
    /// <summary>Kilometres per hour: the speed's own unit [COVESA VSS].</summary>
    public const string KilometresPerHour = "km/h";

    /// <summary>Metres per second.</summary>
    public const string MetresPerSecond = "m/s";

    /// <summary>Miles per hour.</summary>
    public const string MilesPerHour = "mph";

    /// <summary>Percent: the fatigue's own unit [COVESA VSS].</summary>
    public const string Percent = "percent";

    /// <summary>A fraction, 0 to 1.</summary>
    public const string Fraction = "fraction";

    /// <summary>No unit: gears, states, yes and no.</summary>
    public const string None = "";

    /// <summary>The units that a signal may have, its own first.</summary>
    public static IReadOnlyList<string> Of(VehicleSignal signal) => signal switch
    {
        VehicleSignal.Speed => [KilometresPerHour, MetresPerSecond, MilesPerHour],
        VehicleSignal.Fatigue => [Percent, Fraction],
        _ => [None],
    };

    /// <summary>What one of a unit is in the signal's own; not a number for a unit that is not known, so that nothing is trusted.</summary>
    public static double Factor(string unit) => unit switch
    {
        KilometresPerHour or Percent or None => 1,
        MetresPerSecond => 3.6,
        // The international mile.
        MilesPerHour => 1.609344,
        Fraction => 100,
        _ => double.NaN,
    };
}
