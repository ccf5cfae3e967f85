using CabinMood.Core.Emotions;

namespace CabinMood.Core.Moods;

/// <summary>Section <c>Moods:Table</c>: one entry per expression, each over the profile's.</summary>
public sealed class MoodTableOptions
{
    /// <summary>No expression.</summary>
    public MoodTableEntry Neutral { get; set; } = new();

    /// <summary>Happiness.</summary>
    public MoodTableEntry Happiness { get; set; } = new();

    /// <summary>Surprise.</summary>
    public MoodTableEntry Surprise { get; set; } = new();

    /// <summary>Sadness.</summary>
    public MoodTableEntry Sadness { get; set; } = new();

    /// <summary>Anger.</summary>
    public MoodTableEntry Anger { get; set; } = new();

    /// <summary>Disgust.</summary>
    public MoodTableEntry Disgust { get; set; } = new();

    /// <summary>Fear.</summary>
    public MoodTableEntry Fear { get; set; } = new();

    /// <summary>Contempt.</summary>
    public MoodTableEntry Contempt { get; set; } = new();

    /// <summary>The entry of one expression.</summary>
    public MoodTableEntry this[Emotion emotion] => emotion switch
    {
        Emotion.Neutral => Neutral,
        Emotion.Happiness => Happiness,
        Emotion.Surprise => Surprise,
        Emotion.Sadness => Sadness,
        Emotion.Anger => Anger,
        Emotion.Disgust => Disgust,
        Emotion.Fear => Fear,
        _ => Contempt,
    };
}
