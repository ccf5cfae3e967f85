namespace CabinMood.Core.Songs.Strategies;

/// <summary>What songs lose for having been heard: most at once, then ever less.</summary>
internal static class Novelty
{
    /// <summary>The loss of each song heard, in rewards; only its last time counts.</summary>
    internal static Dictionary<int, double> Costs(IReadOnlyList<int> history, SongOptions options)
    {
        var costs = new Dictionary<int, double>();
        for (var i = history.Count - 1; i >= 0; i--)
        {
            var songsAgo = history.Count - 1 - i;
            costs.TryAdd(history[i], options.Novelty * Math.Exp(-songsAgo / options.NoveltySongs));
        }

        return costs;
    }
}
