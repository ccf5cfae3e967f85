using CabinMood.Core;

namespace CabinMood.Vision;

/// <summary>The configuration section <c>Perception</c>.</summary>
public sealed class PerceptionOptions
{
    /// <summary>Path of the face detector's card. Default <c>models/detector/detector.json</c>.</summary>
    public string DetectorCard { get; set; } = "models/detector/detector.json";

    /// <summary>Path of the emotion net's card. Default <c>models/emotion/emotion.json</c>.</summary>
    public string EmotionCard { get; set; } = "models/emotion/emotion.json";

    /// <summary>
    /// Width in pixels to which the frame is reduced before a face is looked for, 64 to 1920. Default 320. The net's input
    /// is rounded up to what its card demands. A net that is fixed to a size is run at that size.
    /// </summary>
    public int DetectorWidth { get; set; } = 320;

    /// <summary>Height, as <see cref="DetectorWidth"/>; 64 to 1920. Default 240.</summary>
    public int DetectorHeight { get; set; } = 240;

    /// <summary>Detections below this score are no faces, 0.05 to 0.99; null takes the card's. Default null.</summary>
    public float? DetectorThreshold { get; set; }

    /// <summary>Faces narrower than this many pixels of the frame are ignored, 0 to 1000. Default 24: half of the emotion net's crop.</summary>
    public int MinFacePx { get; set; } = 24;

    /// <summary>At the latest after this many seconds the whole frame is searched again, 0 (every frame) to 10. Default 1.</summary>
    public double FullFrameEverySeconds { get; set; } = 1;

    /// <summary>
    /// Head turn at which a reading is worth nothing: the nose's distance from the middle of the eyes in distances between
    /// the eyes, 0.2 to 2; quality begins to fall at 45 % of it. Default 0.6, near profile. A camera at the side of the
    /// driver sees a turned head all the time and needs more.
    /// </summary>
    public double MaxHeadTurn { get; set; } = 0.6;

    /// <summary>Threads that share one run of a net, 1 to 16. Default 1.</summary>
    public int IntraOpThreads { get; set; } = 1;

    /// <summary>True lets those threads burn their core while they wait. Default false.</summary>
    public bool AllowSpinning { get; set; }

    /// <summary>Adds what is wrong with these options.</summary>
    public void Validate(ICollection<ConfigurationError> errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        RequireCard(errors, "Perception:DetectorCard", DetectorCard);
        RequireCard(errors, "Perception:EmotionCard", EmotionCard);
        ConfigurationError.CheckRange(errors, "Perception:DetectorWidth", DetectorWidth, 64, 1920, "pixels");
        ConfigurationError.CheckRange(errors, "Perception:DetectorHeight", DetectorHeight, 64, 1920, "pixels");
        ConfigurationError.CheckRange(errors, "Perception:DetectorThreshold", DetectorThreshold ?? 0.5f, 0.05, 0.99);
        ConfigurationError.CheckRange(errors, "Perception:MinFacePx", MinFacePx, 0, 1000, "pixels");
        ConfigurationError.CheckRange(errors, "Perception:FullFrameEverySeconds", FullFrameEverySeconds, 0, 10, "seconds");
        ConfigurationError.CheckRange(errors, "Perception:MaxHeadTurn", MaxHeadTurn, 0.2, 2, "distances between the eyes");
        ConfigurationError.CheckRange(errors, "Perception:IntraOpThreads", IntraOpThreads, 1, 16, "threads");
    }

    private static void RequireCard(ICollection<ConfigurationError> errors, string key, string path)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            errors.Add(new ConfigurationError(key, "is empty; it must name a model's card."));
        }
    }
}
