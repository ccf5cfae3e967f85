namespace CabinMood.Core.Songs;

/// <summary>How a song is chosen for a mood. Safety caps hold in all of them.</summary>
public enum Strategy
{
    /// <summary>Near a target point, after the driver's taste, with variety: CabinMood's own way.</summary>
    Target,

    /// <summary>A random song with the mood's label, as in the first papers.</summary>
    MoodRandom,

    /// <summary>One of the five most popular songs with the mood's label.</summary>
    MoodPopular,

    /// <summary>A random song with the mood's label by the given artists, else in the given languages.</summary>
    Taste,

    /// <summary>The song that sounds most like those liked, else like the one playing.</summary>
    Similar,
}
