namespace CabinMood.Core.Moods;

/// <summary>Section <c>Moods</c>: how expressions become a mood.</summary>
public sealed class MoodOptions
{
    // The emotion net puts a plain smile at an arousal of 0.48 to 0.52 (middle half of FER+ valid), because its arousal
    // is derived from the votes and 0.51 is happiness itself [Russell and Mehrabian 1977]. From 0.4 on three smiles in
    // four and more would be energetic; from 0.6 on hardly one is, unless surprise is mixed in [noise.json].
    internal const double ExuberantArousal = 0.6;

    // Surprise reads 0.55 to 0.67 (middle half), so most of it is energetic.
    internal const double SurprisedArousal = 0.4;

    // A neutral face reads -0.05 to 0.08 (middle half); below this lie the quietest, well under a quarter.
    internal const double CalmArousal = -0.1;

    /// <summary>How readings become a mood: <c>bayes</c> (default; it measures best) or <c>majority</c>.</summary>
    public MoodFilterKind Filter { get; set; }

    /// <summary>Which expressions stand for which mood: <c>default</c> or <c>papers</c>. Default <c>default</c>.</summary>
    public MoodProfile Profile { get; set; }

    /// <summary>Entries over the profile's; none by default.</summary>
    public MoodTableOptions Table { get; set; } = new();

    /// <summary>Wall seconds of agreeing readings before a mood counts; also the window of the majority vote. 1 to 120, default 20 [ours].</summary>
    public double EvidenceSeconds { get; set; } = 20;

    /// <summary>How far the best mood must lie before the second, as a difference of probabilities. 0 to 0.9, default 0.15 [ours].</summary>
    public double ConfidenceMargin { get; set; } = 0.15;

    /// <summary>Readings below this quality add no evidence. 0 to 1, default 0.5 [ours].</summary>
    public double MinQuality { get; set; } = 0.5;

    /// <summary>Readings with more mouth activity than this add no evidence. 0 to 1, default 0.5 [ours].</summary>
    public double MaxMouthActivity { get; set; } = 0.5;

    /// <summary>Time constant of the smoothing of published valence, arousal and emotions, in seconds at quality 1. 0.1 to 30, default 2 [ours].</summary>
    public double SmoothingSeconds { get; set; } = 2;

    /// <summary>A longer silence between two readings than this adds no evidence for the part beyond it. Seconds, 0.1 to 5, default 0.5.</summary>
    public double MaxGapSeconds { get; set; } = 0.5;

    /// <summary>How long a mood lasts in the mean before it may be another. Seconds, 10 to 3600, default 120 [ours, tuned in simulation].</summary>
    public double DwellSeconds { get; set; } = 120;

    /// <summary>Readings within this time count as one: they repeat each other. Seconds, 0.1 to 30, default 1 [ours, tuned in simulation].</summary>
    public double IndependenceSeconds { get; set; } = 1;

    /// <summary>Share of the time that drivers are expected to be neutral or calm. 0.05 to 0.95, default 0.6 [ours].</summary>
    public double RestingShare { get; set; } = 0.6;

    /// <summary>
    /// How far the driver's own resting face may be taken out of a reading, in natural log-odds against neutral. 0 (off)
    /// to 4, default 2.5 [ours, tuned in simulation]: what reads as likely as neutral may come down to a twelfth of it, never
    /// further, so a face that plainly shows something keeps showing it. Happiness may come down by 1.5 at most.
    /// </summary>
    public double RestingMaxLogOdds { get; set; } = 2.5;

    /// <summary>
    /// How much more a departure from a well-known resting face says than one from a stranger's, in natural log-odds
    /// against neutral. 0 to 3, default 0.4 [ours, tuned in simulation].
    /// </summary>
    public double RestingSharpness { get; set; } = 0.4;

    /// <summary>How far the driver's own arousal at rest may be taken out of a reading. 0 to 1, default 0.15 [ours].</summary>
    public double RestingMaxArousal { get; set; } = 0.15;

    /// <summary>After this much quiet face the resting face counts for half. Seconds, 1 to 3600, default 30 [ours].</summary>
    public double RestingTrustSeconds { get; set; } = 30;

    /// <summary>Quiet face that is remembered; older fades. Seconds, 30 to 36000, default 900 [ours].</summary>
    public double RestingMemorySeconds { get; set; } = 900;

    /// <summary>Adds what is wrong with these options.</summary>
    public void Validate(ICollection<ConfigurationError> errors)
    {
        ConfigurationError.CheckRange(errors, "Moods:EvidenceSeconds", EvidenceSeconds, 1, 120, "seconds");
        ConfigurationError.CheckRange(errors, "Moods:ConfidenceMargin", ConfidenceMargin, 0, 0.9);
        ConfigurationError.CheckRange(errors, "Moods:MinQuality", MinQuality, 0, 1);
        ConfigurationError.CheckRange(errors, "Moods:MaxMouthActivity", MaxMouthActivity, 0, 1);
        ConfigurationError.CheckRange(errors, "Moods:SmoothingSeconds", SmoothingSeconds, 0.1, 30, "seconds");
        ConfigurationError.CheckRange(errors, "Moods:MaxGapSeconds", MaxGapSeconds, 0.1, 5, "seconds");
        ConfigurationError.CheckRange(errors, "Moods:DwellSeconds", DwellSeconds, 10, 3600, "seconds");
        ConfigurationError.CheckRange(errors, "Moods:IndependenceSeconds", IndependenceSeconds, 0.1, 30, "seconds");
        ConfigurationError.CheckRange(errors, "Moods:RestingShare", RestingShare, 0.05, 0.95);
        ConfigurationError.CheckRange(errors, "Moods:RestingMaxLogOdds", RestingMaxLogOdds, 0, 4);
        ConfigurationError.CheckRange(errors, "Moods:RestingSharpness", RestingSharpness, 0, 3);
        ConfigurationError.CheckRange(errors, "Moods:RestingMaxArousal", RestingMaxArousal, 0, 1);
        ConfigurationError.CheckRange(errors, "Moods:RestingTrustSeconds", RestingTrustSeconds, 1, 3600, "seconds");
        ConfigurationError.CheckRange(errors, "Moods:RestingMemorySeconds", RestingMemorySeconds, 30, 36000, "seconds");
        foreach (var emotion in Enum.GetValues<Emotions.Emotion>())
        {
            Table[emotion].Validate(errors, $"Moods:Table:{emotion}");
        }
    }
}
