using System.Diagnostics;
using CabinMood.Core.Faces;
using CabinMood.Vision.Capture;
using CabinMood.Vision.Detection;
using CabinMood.Vision.Illumination;
using CabinMood.Vision.ModelCards;
using CabinMood.Vision.OnnxRuntime;
using CabinMood.Vision.Recognition;

namespace CabinMood.Vision;

/// <summary>
/// From a frame to numbers: is the view blocked, where is the driver's face, what is its expression. Allocates nothing
/// per frame once it has seen two. Pictures, crops and landmarks never leave it, except through <see cref="DriverFace"/> for
/// drawing. Not thread-safe.
/// </summary>
public sealed class PerceptionPipeline : IDisposable
{
    /// <summary>The net's input for a window around the face: the face is about 58 px high in it, a size that RetinaFace's middle anchors serve best.</summary>
    private const int WindowWidth = 160;
    private const int WindowHeight = 128;

    private readonly FaceDetector _fullFrame;
    private readonly FaceDetector _window;
    private readonly FaceFollower _follower;
    private readonly EmotionNet _emotionNet;
    private readonly MouthMotion _mouth;
    private readonly StrobeGate _strobe = new();
    private readonly float _maxHeadTurn;
    private long _unlitFrames;
    private StageTimings _timings;

    private PerceptionPipeline(FaceDetector fullFrame, FaceDetector window, FaceFollower follower, EmotionNet emotionNet, DetectorCard detector, EmotionCard emotion, float maxHeadTurn)
    {
        _fullFrame = fullFrame;
        _window = window;
        _follower = follower;
        _emotionNet = emotionNet;
        _mouth = new MouthMotion(emotionNet.CropWidth, emotionNet.CropHeight);
        _maxHeadTurn = maxHeadTurn;
        Detector = detector;
        Emotion = emotion;
    }

    /// <summary>The detector's card.</summary>
    public DetectorCard Detector { get; }

    /// <summary>The emotion net's card.</summary>
    public EmotionCard Emotion { get; }

    /// <summary>The driver's face in the last frame, in its pixels; null when there was none.</summary>
    public DetectedFace? DriverFace { get; private set; }

    /// <summary>What each stage of the last frame took.</summary>
    public StageTimings LastTimings => _timings;

    internal FaceDetector FullFrameDetector => _fullFrame;

    internal EmotionNet EmotionNet => _emotionNet;

    /// <summary>Reads both cards, checks and loads the nets.</summary>
    /// <param name="options">Which nets, and how they run.</param>
    /// <param name="zone">Where the driver sits.</param>
    /// <exception cref="ModelCardException">A card or net is missing, damaged, or not what it says.</exception>
    /// <exception cref="OnnxRuntimeException">ONNX Runtime is missing or refuses a net.</exception>
    public static PerceptionPipeline Load(PerceptionOptions options, DriverZone zone)
    {
        ArgumentNullException.ThrowIfNull(options);
        var detector = ModelCardReader.ReadDetector(options.DetectorCard);
        var emotion = ModelCardReader.ReadEmotion(options.EmotionCard);
        var run = new OnnxSessionOptions(options.IntraOpThreads, options.AllowSpinning);
        var fullFrame = new FaceDetector(detector, options.DetectorWidth, options.DetectorHeight, options.DetectorThreshold, run);
        // A net that is fixed to one size serves both.
        var window = detector.Card.Input.Width is null
            ? new FaceDetector(detector, WindowWidth, WindowHeight, options.DetectorThreshold, run)
            : fullFrame;
        var follower = new FaceFollower(
            fullFrame, window, zone, TimeSpan.FromSeconds(options.FullFrameEverySeconds), options.MinFacePx);
        return new PerceptionPipeline(fullFrame, window, follower, new EmotionNet(emotion, run), detector.Card, emotion.Card, (float)options.MaxHeadTurn);
    }

    /// <summary>Frames that a strobed lamp left unlit, since the start.</summary>
    public long UnlitFrames => Volatile.Read(ref _unlitFrames);

    /// <summary>
    /// To be asked for every frame before anything else: false when a strobed lamp left it unlit, so that it says nothing
    /// and is to be dropped; it is counted in <see cref="UnlitFrames"/>.
    /// </summary>
    public bool IsLit(in Frame frame)
    {
        var isUnlit = _strobe.IsUnlit(Brightness.Of(frame));
        if (isUnlit)
        {
            Volatile.Write(ref _unlitFrames, _unlitFrames + 1);
        }

        return !isUnlit;
    }

    /// <summary>Analyses one frame.</summary>
    public FaceObservation Process(in Frame frame)
    {
        _timings = default;
        var start = Stopwatch.GetTimestamp();
        var observation = Observe(frame, start);
        _timings.Total = Stopwatch.GetTimestamp() - start;
        return observation;
    }

    /// <summary>Forgets the driver and wipes the last picture from the nets' inputs: to be called when the camera is closed.</summary>
    public void Forget()
    {
        _follower.Forget();
        _mouth.Forget();
        _strobe.Reset();
        _fullFrame.Session.Input.Data.Clear();
        _window.Session.Input.Data.Clear();
        _emotionNet.Session.Input.Data.Clear();
        DriverFace = null;
    }

    /// <summary>Releases the nets.</summary>
    public void Dispose()
    {
        _fullFrame.Dispose();
        _window.Dispose();
        _emotionNet.Dispose();
    }

    private FaceObservation Observe(in Frame frame, long mark)
    {
        DriverFace = null;
        var isObscured = ObscuredView.IsObscured(frame);
        _timings.ObscuredView = StageTimings.Lap(ref mark);
        if (isObscured)
        {
            _follower.Forget();
            return FaceObservation.Obscured;
        }

        if (!_follower.TryFind(frame, out var face, ref _timings))
        {
            return FaceObservation.Absent;
        }

        DriverFace = face;
        mark = Stopwatch.GetTimestamp();
        _emotionNet.Prepare(frame, face.Landmarks);
        _timings.Alignment = StageTimings.Lap(ref mark);
        var mouth = _mouth.Follow(_emotionNet.Crop, frame.Timestamp);
        var picture = _emotionNet.Judge(face.Landmarks, _maxHeadTurn);
        _timings.Quality = StageTimings.Lap(ref mark);
        var reading = _emotionNet.Run();
        _timings.EmotionNet = StageTimings.Lap(ref mark);
        return new FaceObservation(FacePresence.Present, reading with { Quality = reading.Quality * picture, MouthActivity = mouth });
    }
}
