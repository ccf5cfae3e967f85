namespace CabinMood.Core.Moods;

/// <summary>Section <c>Moods</c>: how expressions become a mood.</summary>
public sealed class MoodOptions
{
    /// <summary>Wall seconds of agreeing readings before a mood counts. 1 to 120, default 20 [ours].</summary>
    public double EvidenceSeconds { get; set; } = 20;

    /// <summary>How far the best mood must lie before the second, as a difference of probabilities. 0 to 0.9, default 0.15 [ours].</summary>
    public double ConfidenceMargin { get; set; } = 0.15;

    /// <summary>Readings below this quality add no evidence. 0 to 1, default 0.5 [ours].</summary>
    public double MinQuality { get; set; } = 0.5;

    /// <summary>Time constant of the smoothing, in seconds at quality 1. 0.1 to 30, default 2 [ours].</summary>
    public double SmoothingSeconds { get; set; } = 2;

    /// <summary>A longer silence between two readings than this adds no evidence for the part beyond it. Seconds, 0.1 to 5, default 0.5.</summary>
    public double MaxGapSeconds { get; set; } = 0.5;

    /// <summary>
    /// From this smoothed arousal on, happiness and surprise count as energetic. -1 to 1, default 0.6: the emotion net
    /// puts a plain smile near 0.55 and surprise near 0.7.
    /// </summary>
    public double EnergeticArousal { get; set; } = 0.6;

    /// <summary>Below this smoothed arousal, neutral counts as calm. -1 to 1, default -0.1.</summary>
    public double CalmArousal { get; set; } = -0.1;

    /// <summary>Adds what is wrong with these options.</summary>
    public void Validate(ICollection<ConfigurationError> errors)
    {
        ConfigurationError.CheckRange(errors, "Moods:EvidenceSeconds", EvidenceSeconds, 1, 120, "seconds");
        ConfigurationError.CheckRange(errors, "Moods:ConfidenceMargin", ConfidenceMargin, 0, 0.9);
        ConfigurationError.CheckRange(errors, "Moods:MinQuality", MinQuality, 0, 1);
        ConfigurationError.CheckRange(errors, "Moods:SmoothingSeconds", SmoothingSeconds, 0.1, 30, "seconds");
        ConfigurationError.CheckRange(errors, "Moods:MaxGapSeconds", MaxGapSeconds, 0.1, 5, "seconds");
        ConfigurationError.CheckRange(errors, "Moods:EnergeticArousal", EnergeticArousal, -1, 1);
        ConfigurationError.CheckRange(errors, "Moods:CalmArousal", CalmArousal, -1, 1);
    }
}
