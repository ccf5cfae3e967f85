namespace CabinMood.Core.Songs.Learning;

/// <summary>Reactions in numbers, 0 to 1 [ours].</summary>
public static class Rewards
{
    /// <summary>What is expected of a song at its target before anything is known.</summary>
    public const double Expected = 0.53;

    /// <summary>How well a reaction speaks of a song.</summary>
    public static double Of(Reaction reaction) => reaction switch
    {
        Reaction.Like => 1,
        Reaction.Heard => 0.7,
        Reaction.LateSkip => 0.45,
        Reaction.Skip => 0.1,
        _ => 0,
    };

    /// <summary>How surely: silence may be consent or inattention, and a late skip may mean anything.</summary>
    public static double WeightOf(Reaction reaction) => reaction switch
    {
        Reaction.Heard => 0.7,
        Reaction.LateSkip => 0.5,
        _ => 1,
    };
}
