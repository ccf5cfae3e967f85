namespace CabinMood.Core.Songs;

/// <summary>What the driver wants music to do with a mood. Valence/energy targets per style are configuration.</summary>
public enum Style
{
    /// <summary>Go along with the mood.</summary>
    Match,

    /// <summary>A little brighter than the mood.</summary>
    Lift,

    /// <summary>Quiet, whatever the mood.</summary>
    Calm,
}
