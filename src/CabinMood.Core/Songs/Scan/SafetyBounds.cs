namespace CabinMood.Core.Songs.Scan;

/// <summary>What a song may be played for.</summary>
[Flags]
internal enum SafetyBounds : byte
{
    /// <summary>A parked car and a wakeful driver.</summary>
    None = 0,

    /// <summary>A moving car: energy, and energy times tempo, keep their caps.</summary>
    Moving = 1,

    /// <summary>A tired driver: some energy and a medium tempo.</summary>
    Tired = 2,
}
