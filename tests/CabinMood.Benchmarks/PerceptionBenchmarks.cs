using BenchmarkDotNet.Attributes;
using CabinMood.Core.Emotions;
using CabinMood.Core.Faces;
using CabinMood.Vision;
using CabinMood.Vision.Capture;
using CabinMood.Vision.Detection;
using CabinMood.Vision.ModelCards;
using CabinMood.Vision.OnnxRuntime;
using CabinMood.Vision.Recognition;

namespace CabinMood.Benchmarks;

/// <summary>Every stage between a frame and its scores, on the drawn cabin picture, with the product's own code and nets.</summary>
[MemoryDiagnoser]
public class PerceptionBenchmarks : IDisposable
{
    private readonly FrameBuffer _picture = new();
    private readonly FrameBuffer _copy = new();
    private FaceDetector _detector = null!;
    private FaceDetector _window = null!;
    private EmotionNet _emotionNet = null!;
    private PerceptionPipeline _everyFrame = null!;
    private PerceptionPipeline _following = null!;
    private DetectedFace _driver;
    private Box _whole;
    private float _scale;

    [GlobalSetup]
    public void Load()
    {
        using (var reader = new SequentialFrameReader(FrameSourceUri.Parse(RepositoryFiles.Find("tests/data/golden/cabin-frame.png"))))
        {
            reader.TryRead(_picture);
        }

        var options = new PerceptionOptions
        {
            DetectorCard = RepositoryFiles.Find("models/detector/detector.json"),
            EmotionCard = RepositoryFiles.Find("models/emotion/emotion.json"),
        };
        var detector = ModelCardReader.ReadDetector(options.DetectorCard);
        _detector = new FaceDetector(detector, options.DetectorWidth, options.DetectorHeight, null, new OnnxSessionOptions());
        _window = new FaceDetector(detector, 160, 128, null, new OnnxSessionOptions());
        _emotionNet = new EmotionNet(ModelCardReader.ReadEmotion(options.EmotionCard), new OnnxSessionOptions());
        _following = PerceptionPipeline.Load(options, DriverZone.ImageLeft);
        options.FullFrameEverySeconds = 0;
        _everyFrame = PerceptionPipeline.Load(options, DriverZone.ImageLeft);
        _whole = new Box(0, 0, _picture.Frame.Width, _picture.Frame.Height);
        _driver = _detector.Detect(_picture.Frame)[0];
        _scale = _detector.Prepare(_picture.Frame, _whole);
        _following.Process(_picture.Frame);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _detector.Dispose();
        _window.Dispose();
        _emotionNet.Dispose();
        _everyFrame.Dispose();
        _following.Dispose();
    }

    [Benchmark]
    [ExpectedBytes(0)]
    public void Copying() => _copy.Fill(_picture.Frame);

    [Benchmark]
    [ExpectedBytes(0)]
    public bool LookingForABlockedView() => ObscuredView.IsObscured(_picture.Frame);

    [Benchmark]
    [ExpectedBytes(0)]
    public float ResizingForTheDetector() => _detector.Prepare(_picture.Frame, _whole);

    [Benchmark]
    [ExpectedBytes(0)]
    public void DetectorNet() => _detector.Run();

    [Benchmark]
    [ExpectedBytes(0)]
    public int Decoding() => _detector.Read(_whole, _scale).Length;

    [Benchmark]
    [ExpectedBytes(0)]
    public int DetectingInAWindow() => _window.Detect(_picture.Frame, new Box(20, 46, 180, 174)).Length;

    [Benchmark]
    [ExpectedBytes(0)]
    public void Aligning() => _emotionNet.Prepare(_picture.Frame, _driver.Landmarks);

    [Benchmark]
    [ExpectedBytes(0)]
    public EmotionReading EmotionNet() => _emotionNet.Run();

    [Benchmark]
    [ExpectedBytes(0)]
    public FacePresence WholePathWithASearchOfTheWholeFrame() => _everyFrame.Process(_picture.Frame).Presence;

    [Benchmark]
    [ExpectedBytes(0)]
    public FacePresence WholePathFollowingTheFace() => _following.Process(_picture.Frame).Presence;
}
