namespace CabinMood.Core.Safety;

/// <summary>What a driver may be given to read while moving: one short line.</summary>
public static class ShortLine
{
    /// <summary>Characters that are read in one glance of under 2 s [NHTSA 2013, 78 FR 24817; the number is ours].</summary>
    public const int MaxLength = 80;
}
