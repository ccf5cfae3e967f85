using CabinMood.Core.Songs;

namespace CabinMood.Service.Songs.Evaluation;

/// <summary>A way of choosing that takes part in the comparison.</summary>
/// <param name="Name">As in configuration and tables.</param>
/// <param name="Strategy">How songs are chosen.</param>
/// <param name="Learns">Whether feedback counts.</param>
/// <param name="IsOracle">Knows the listener, and plays the best song that the rules allow.</param>
internal sealed record Contender(string Name, Strategy Strategy, bool Learns, bool IsOracle = false)
{
    /// <summary>CabinMood's own way.</summary>
    internal static Contender Target { get; } = new("target", Strategy.Target, true);

    /// <summary>The same without learning.</summary>
    internal static Contender TargetWithoutLearning { get; } = new("target, not learning", Strategy.Target, false);

    /// <summary>The best possible.</summary>
    internal static Contender Oracle { get; } = new("oracle", Strategy.Target, false, true);

    /// <summary>Everybody who takes part.</summary>
    internal static IReadOnlyList<Contender> All { get; } =
    [
        new("mood-random", Strategy.MoodRandom, true),
        new("mood-popular", Strategy.MoodPopular, true),
        new("taste", Strategy.Taste, true),
        new("similar", Strategy.Similar, true),
        Target,
        TargetWithoutLearning,
        Oracle,
    ];
}
