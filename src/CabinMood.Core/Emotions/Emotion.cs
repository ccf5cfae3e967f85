namespace CabinMood.Core.Emotions;

/// <summary>The eight expression classes of FER+ and AffectNet, in FER+ order.</summary>
public enum Emotion
{
    /// <summary>No expression.</summary>
    Neutral,

    /// <summary>Happiness.</summary>
    Happiness,

    /// <summary>Surprise.</summary>
    Surprise,

    /// <summary>Sadness.</summary>
    Sadness,

    /// <summary>Anger.</summary>
    Anger,

    /// <summary>Disgust.</summary>
    Disgust,

    /// <summary>Fear.</summary>
    Fear,

    /// <summary>Contempt.</summary>
    Contempt,
}
