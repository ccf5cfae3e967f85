using System.Collections.Immutable;

namespace CabinMood.Core.Songs.Learning;

/// <summary>What one reaction taught; kept for a while so that it can be taken back or made to count less.</summary>
/// <param name="SongId">The song.</param>
/// <param name="Artist">Its artist.</param>
/// <param name="Features">The song in its situation, in the order of the preference features.</param>
/// <param name="Outcome">The reward, less what was expected before anything was learned, and less what artist and song explain.</param>
/// <param name="Surprise">The reward, less what the features explain.</param>
/// <param name="Weight">How much it counts.</param>
public sealed record Lesson(
    string SongId,
    string Artist,
    ImmutableArray<double> Features,
    double Outcome,
    double Surprise,
    double Weight)
{
    /// <summary>The same reaction, counting for a share of what it counted.</summary>
    public Lesson Counting(double share) => this with { Weight = Weight * share };
}
