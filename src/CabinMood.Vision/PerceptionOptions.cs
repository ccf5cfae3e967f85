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

    /// <summary>Threads that share one run of a net, 1 to 16. Default 1.</summary>
    public int IntraOpThreads { get; set; } = 1;

    /// <summary>True lets those threads burn their core while they wait. Default false.</summary>
    public bool AllowSpinning { get; set; }

    /// <summary>What is wrong with these options, one line each, naming key, value and range; empty when nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        var problems = new List<string>();
        Require(!string.IsNullOrWhiteSpace(DetectorCard), $"DetectorCard is empty, but must name a detector's card");
        Require(!string.IsNullOrWhiteSpace(EmotionCard), $"EmotionCard is empty, but must name an emotion net's card");
        Require(DetectorWidth is >= 64 and <= 1920, $"DetectorWidth is {DetectorWidth}, but must lie in 64..1920");
        Require(DetectorHeight is >= 64 and <= 1920, $"DetectorHeight is {DetectorHeight}, but must lie in 64..1920");
        Require(DetectorThreshold is null or (>= 0.05f and <= 0.99f), $"DetectorThreshold is {DetectorThreshold}, but must lie in 0.05..0.99 or be null");
        Require(MinFacePx is >= 0 and <= 1000, $"MinFacePx is {MinFacePx}, but must lie in 0..1000");
        Require(FullFrameEverySeconds is >= 0 and <= 10, $"FullFrameEverySeconds is {FullFrameEverySeconds}, but must lie in 0..10");
        Require(IntraOpThreads is >= 1 and <= 16, $"IntraOpThreads is {IntraOpThreads}, but must lie in 1..16");
        return problems;

        void Require(bool condition, FormattableString problem)
        {
            if (!condition)
            {
                problems.Add($"Perception:{FormattableString.Invariant(problem)}");
            }
        }
    }
}
