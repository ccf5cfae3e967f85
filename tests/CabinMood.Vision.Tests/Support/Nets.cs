using CabinMood.Vision.Detection;
using CabinMood.Vision.ModelCards;
using CabinMood.Vision.OnnxRuntime;

namespace CabinMood.Vision.Tests.Support;

/// <summary>The project's own nets.</summary>
internal static class Nets
{
    public static string DetectorCard { get; } = Path.Combine(Repository.Root, "models", "detector", "detector.json");

    public static string EmotionCard { get; } = Path.Combine(Repository.Root, "models", "emotion", "emotion.json");

    public static PerceptionOptions Options => new() { DetectorCard = DetectorCard, EmotionCard = EmotionCard };

    public static FaceDetector Detector(int width = 320, int height = 240) =>
        new(ModelCardReader.ReadDetector(DetectorCard), width, height, threshold: null, new OnnxSessionOptions());
}
