using System.Collections.Immutable;

namespace CabinMood.Core.Songs.Learning;

/// <summary>What a restart needs of what was learned about the driver. No emotions, no faces.</summary>
/// <param name="Preferences">The taste.</param>
/// <param name="Played">Ids of the songs played last, oldest first.</param>
public sealed record DriverMemory(Preferences Preferences, ImmutableList<string> Played)
{
    /// <summary>How many songs played are remembered beyond a restart.</summary>
    public const int PlayedKept = 200;

    /// <summary>Nothing learned.</summary>
    public static DriverMemory None { get; } = new(Preferences.None, []);
}
