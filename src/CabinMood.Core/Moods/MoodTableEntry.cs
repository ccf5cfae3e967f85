namespace CabinMood.Core.Moods;

/// <summary>
/// Which mood one expression stands for, in up to three bands of arousal. Whatever is null takes the profile's value.
/// </summary>
public sealed class MoodTableEntry
{
    /// <summary>The mood between the two bounds; not unknown.</summary>
    public Mood? Mood { get; set; }

    /// <summary>The mood from <see cref="ActiveFrom"/> on; the same as <see cref="Mood"/> where there is no such band.</summary>
    public Mood? ActiveMood { get; set; }

    /// <summary>From this arousal on, -1 to 1.</summary>
    public double? ActiveFrom { get; set; }

    /// <summary>The mood below <see cref="QuietBelow"/>; the same as <see cref="Mood"/> where there is no such band.</summary>
    public Mood? QuietMood { get; set; }

    /// <summary>Below this arousal, -1 to 1.</summary>
    public double? QuietBelow { get; set; }

    /// <summary>This entry where it says something, the other where it does not.</summary>
    internal MoodTableEntry Over(MoodTableEntry other) => new()
    {
        Mood = Mood ?? other.Mood,
        // A new middle mood without bands of its own means: this mood at any arousal.
        ActiveMood = ActiveMood ?? (Mood is null ? other.ActiveMood : Mood),
        ActiveFrom = ActiveFrom ?? other.ActiveFrom,
        QuietMood = QuietMood ?? (Mood is null ? other.QuietMood : Mood),
        QuietBelow = QuietBelow ?? other.QuietBelow,
    };

    internal void Validate(ICollection<ConfigurationError> errors, string key)
    {
        CheckMood(errors, $"{key}:Mood", Mood);
        CheckMood(errors, $"{key}:ActiveMood", ActiveMood);
        CheckMood(errors, $"{key}:QuietMood", QuietMood);
        ConfigurationError.CheckRange(errors, $"{key}:ActiveFrom", ActiveFrom ?? 0, -1, 1);
        ConfigurationError.CheckRange(errors, $"{key}:QuietBelow", QuietBelow ?? 0, -1, 1);
        if (QuietBelow > ActiveFrom)
        {
            errors.Add(new ConfigurationError($"{key}:QuietBelow", "lies above ActiveFrom; the bands would overlap."));
        }
    }

    private static void CheckMood(ICollection<ConfigurationError> errors, string key, Mood? mood)
    {
        if (mood == Moods.Mood.Unknown)
        {
            errors.Add(new ConfigurationError(key, "is unknown; an expression must stand for a mood."));
        }
    }
}
