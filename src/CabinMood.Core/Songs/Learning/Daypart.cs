namespace CabinMood.Core.Songs.Learning;

/// <summary>
/// A quarter of the day. By UTC, because a car's service often knows no time zone; for a taste it only matters that the
/// quarters stay the same, not when exactly they begin.
/// </summary>
public enum Daypart
{
    /// <summary>0 to 6 o'clock.</summary>
    Night,

    /// <summary>6 to 12 o'clock.</summary>
    Morning,

    /// <summary>12 to 18 o'clock.</summary>
    Afternoon,

    /// <summary>18 to 24 o'clock.</summary>
    Evening,
}
