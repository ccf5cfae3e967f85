namespace CabinMood.Messaging.Trials;

/// <summary>What the broker lets us do.</summary>
/// <param name="Unheard">Topic filters that it does not let us subscribe to.</param>
/// <param name="Unwritable">Topics of ours that it does not let us publish on.</param>
/// <param name="Untried">Topics of ours of which that is not known.</param>
/// <param name="WhyUntried">Why not, in words; null when all were tried.</param>
public sealed record RightsReport(
    IReadOnlyList<string> Unheard, IReadOnlyList<string> Unwritable, IReadOnlyList<string> Untried, string? WhyUntried);
