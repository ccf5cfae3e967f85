namespace CabinMood.Core.Conductor.Commands;

/// <summary>What the driver thought of a song.</summary>
public enum FeedbackKind
{
    /// <summary>Liked it.</summary>
    Like,

    /// <summary>Disliked it.</summary>
    Dislike,

    /// <summary>Wants the next one now.</summary>
    Skip,
}
