using CabinMood.Core.Songs;

namespace CabinMood.Core.Conductor;

/// <summary>What the driver told CabinMood about their taste.</summary>
/// <param name="Style">What music should do with a mood.</param>
/// <param name="Taste">Artists and languages.</param>
public sealed record DriverSettings(Style Style, Taste Taste)
{
    /// <summary>Nothing told yet.</summary>
    public static DriverSettings Default { get; } = new(Style.Match, Taste.None);
}
