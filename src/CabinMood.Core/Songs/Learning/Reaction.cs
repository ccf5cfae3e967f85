namespace CabinMood.Core.Songs.Learning;

/// <summary>How a driver took a song.</summary>
public enum Reaction
{
    /// <summary>Heard for 30 s without a word.</summary>
    Heard,

    /// <summary>Liked.</summary>
    Like,

    /// <summary>Disliked.</summary>
    Dislike,

    /// <summary>Skipped before it counted as heard.</summary>
    Skip,

    /// <summary>Skipped after it had counted as heard: enough of it, rather than not this one.</summary>
    LateSkip,
}
