using CabinMood.Core.Songs;

namespace CabinMood.Service.Commands;

/// <summary>Strategies as they are written: mood-random, not MoodRandom.</summary>
internal static class StrategyNames
{
    /// <summary>All of them.</summary>
    internal static IEnumerable<string> All => Enum.GetValues<Strategy>().Select(Of);

    internal static string Of(Strategy strategy) => strategy switch
    {
        Strategy.MoodRandom => "mood-random",
        Strategy.MoodPopular => "mood-popular",
        _ => strategy.ToString().ToLowerInvariant(),
    };

    internal static Strategy Parse(string name) => Enum.GetValues<Strategy>().First(strategy => Of(strategy) == name);
}
