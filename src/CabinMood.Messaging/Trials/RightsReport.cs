namespace CabinMood.Messaging.Trials;

/// <summary>What the broker lets us do.</summary>
/// <param name="Unheard">Topic filters that it does not let us subscribe to.</param>
/// <param name="Unwritable">Topics of ours that it does not let us publish on.</param>
/// <param name="BrokenOff">Filters and topics of ours at which it ended the connection, and may have meant no.</param>
/// <param name="UntriedFilters">Filters of which nothing is known.</param>
/// <param name="UntriedTopics">Topics of ours of which nothing is known.</param>
/// <param name="Obstacle">What kept us from trying those.</param>
/// <param name="WhyUntried">The same in words; null when all were tried.</param>
public sealed record RightsReport(
    IReadOnlyList<string> Unheard,
    IReadOnlyList<string> Unwritable,
    IReadOnlyList<BrokenOffTrial> BrokenOff,
    IReadOnlyList<string> UntriedFilters,
    IReadOnlyList<string> UntriedTopics,
    TrialObstacle Obstacle,
    string? WhyUntried);
