using System.Numerics;
using CabinMood.Core.Faces;
using CabinMood.Vision.Capture;
using CabinMood.Vision.ModelCards;
using CabinMood.Vision.OnnxRuntime;

namespace CabinMood.Vision.Detection;

/// <summary>
/// Finds faces in a frame or in a window of it with a RetinaFace net at one input size. Not thread-safe; it keeps the
/// faces of the last call.
/// </summary>
public sealed class FaceDetector : IDisposable
{
    /// <summary>More candidates than any scene gives above a sensible threshold; bounds the suppression's work.</summary>
    private const int MostCandidates = 1024;

    private readonly OnnxSession _session;
    private readonly DetectorInput _input;
    private readonly BoxDecoder _decoder;
    private readonly float _threshold;
    private readonly DetectedFace[] _faces;

    /// <summary>Loads the net for pictures of up to <paramref name="width"/> x <paramref name="height"/> pixels.</summary>
    /// <param name="model">The net and its card.</param>
    /// <param name="width">Wanted width; the input is rounded up to the card's multiple, and a fixed net keeps its own size.</param>
    /// <param name="height">Wanted height, likewise.</param>
    /// <param name="threshold">Lowest score, 0 to 1; null takes the card's.</param>
    /// <param name="options">How the net runs.</param>
    /// <exception cref="OnnxRuntimeException">The net cannot be loaded.</exception>
    /// <exception cref="ModelCardException">The net's outputs do not belong to the card's anchors.</exception>
    public FaceDetector(VerifiedModel<DetectorCard> model, int width, int height, float? threshold, OnnxSessionOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        var card = model.Card;
        InputWidth = card.Input.Width ?? RoundUp(width, card.Input.MultipleOf);
        InputHeight = card.Input.Height ?? RoundUp(height, card.Input.MultipleOf);
        _threshold = threshold ?? card.DefaultThreshold;
        _input = new DetectorInput(
            card.Input, InputWidth, InputHeight, card.Input.Width ?? width, card.Input.Height ?? height);
        var grid = new AnchorGrid(card.Anchors, InputWidth, InputHeight);
        _decoder = new BoxDecoder(grid, card.Anchors.Variances);
        _faces = new DetectedFace[Math.Min(grid.Count, MostCandidates)];
        _session = new OnnxSession(
            card.File,
            model.Bytes.Span,
            card.Input.Name,
            [1, card.Input.ChannelCount, InputHeight, InputWidth],
            [card.Outputs.Boxes, card.Outputs.Scores, card.Outputs.Landmarks],
            options);
        if (_session.Output(0).Length != grid.Count * 4 || _session.Output(1).Length != grid.Count * 2 || _session.Output(2).Length != grid.Count * 10)
        {
            var answers = _session.Output(0).Length / 4;
            _session.Dispose();
            throw new ModelCardException(
                $"{model.CardPath}: the card's anchors ({grid.Count} at {InputWidth}x{InputHeight}) do not belong to the net, which gives {answers} boxes");
        }
    }

    /// <summary>Width of the net's input in pixels.</summary>
    public int InputWidth { get; }

    /// <summary>Height of the net's input in pixels.</summary>
    public int InputHeight { get; }

    /// <summary>The faces of the last detection in pixels of the frame, best first; overwritten by the next.</summary>
    public ReadOnlySpan<DetectedFace> Faces => _faces.AsSpan(0, FaceCount);

    internal OnnxSession Session => _session;

    private int FaceCount { get; set; }

    /// <summary>Finds the faces of the whole frame.</summary>
    public ReadOnlySpan<DetectedFace> Detect(in Frame frame) => Detect(frame, new Box(0, 0, frame.Width, frame.Height));

    /// <summary>Finds the faces in a window of the frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="window">In whole pixels, inside the frame.</param>
    public ReadOnlySpan<DetectedFace> Detect(in Frame frame, Box window)
    {
        var scale = Prepare(frame, window);
        Run();
        return Read(window, scale);
    }

    /// <summary>First third of <see cref="Detect(in Frame, Box)"/>: resizes and normalises. Gives frame pixels per input pixel.</summary>
    internal float Prepare(in Frame frame, Box window) => _input.Fill(frame, window, _session.Input.Data);

    /// <summary>Second third: runs the net.</summary>
    internal void Run() => _session.Run();

    /// <summary>Last third: decodes, drops duplicates, and goes back to the frame's pixels.</summary>
    internal ReadOnlySpan<DetectedFace> Read(Box window, float scale)
    {
        var candidates = _decoder.Decode(
            _session.Output(0).Data, _session.Output(1).Data, _session.Output(2).Data, _threshold, _faces);
        FaceCount = NonMaximumSuppression.Apply(_faces.AsSpan(0, candidates));
        for (var i = 0; i < FaceCount; i++)
        {
            _faces[i] = ToFrame(_faces[i], scale, window.Left, window.Top);
        }

        return Faces;
    }

    /// <summary>Releases the net.</summary>
    public void Dispose() => _session.Dispose();

    private static int RoundUp(int length, int multiple) => (length + multiple - 1) / multiple * multiple;

    private static DetectedFace ToFrame(DetectedFace face, float scale, float left, float top)
    {
        var origin = new Vector2(left, top);
        var box = face.Box;
        var points = face.Landmarks;
        return new DetectedFace(
            new Box((box.Left * scale) + left, (box.Top * scale) + top, (box.Right * scale) + left, (box.Bottom * scale) + top),
            face.Score,
            new FaceLandmarks(
                (points.LeftEye * scale) + origin,
                (points.RightEye * scale) + origin,
                (points.Nose * scale) + origin,
                (points.LeftMouthCorner * scale) + origin,
                (points.RightMouthCorner * scale) + origin));
    }
}
