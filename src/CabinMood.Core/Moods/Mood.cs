namespace CabinMood.Core.Moods;

/// <summary>A driver's mood, as the contract names it.</summary>
public enum Mood
{
    /// <summary>Not known, or not known well enough.</summary>
    Unknown,

    /// <summary>Pleasant.</summary>
    Happy,

    /// <summary>Pleasant and activated.</summary>
    Energetic,

    /// <summary>At rest.</summary>
    Calm,

    /// <summary>Neither pleasant nor unpleasant.</summary>
    Neutral,

    /// <summary>Unpleasant and inactive.</summary>
    Sad,

    /// <summary>Unpleasant and activated: anger, fear, disgust, contempt.</summary>
    Tense,
}
