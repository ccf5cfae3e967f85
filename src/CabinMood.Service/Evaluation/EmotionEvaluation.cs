using System.Diagnostics;
using CabinMood.Core.Emotions;
using CabinMood.Core.Faces;
using CabinMood.Service.Commands;
using CabinMood.Vision;
using CabinMood.Vision.Capture;
using CabinMood.Vision.Detection;
using CabinMood.Vision.ModelCards;
using CabinMood.Vision.OnnxRuntime;
using CabinMood.Vision.Recognition;

namespace CabinMood.Service.Evaluation;

/// <summary>Reads the expression of every picture of a folder per class, with the service's own nets.</summary>
public sealed class EmotionEvaluation : IDisposable
{
    private readonly FaceDetector? _detector;
    private readonly EmotionNet _net;
    private readonly List<double> _milliseconds = [];

    /// <summary>Loads the nets.</summary>
    /// <param name="options">Which nets.</param>
    /// <param name="detect">False when the pictures are ready crops in the framing that the net was trained on.</param>
    public EmotionEvaluation(PerceptionOptions options, bool detect)
    {
        var run = new OnnxSessionOptions(options.IntraOpThreads, options.AllowSpinning);
        _net = new EmotionNet(ModelCardReader.ReadEmotion(options.EmotionCard), run);
        _detector = detect
            ? new FaceDetector(ModelCardReader.ReadDetector(options.DetectorCard), options.DetectorWidth, options.DetectorHeight, options.DetectorThreshold, run)
            : null;
    }

    /// <summary>Pictures that could not be decoded.</summary>
    public int Unreadable { get; private set; }

    /// <summary>Pictures in which no face was found; they are read whole, as if they were ready crops, so that every picture counts.</summary>
    public int WithoutFace { get; private set; }

    /// <summary>Median of alignment and emotion net, milliseconds a face.</summary>
    public double MedianMs
    {
        get
        {
            _milliseconds.Sort();
            return _milliseconds.Count > 0 ? _milliseconds[_milliseconds.Count / 2] : 0;
        }
    }

    /// <summary>Finds the class folders, in the order of <see cref="Emotion"/>. Several folders may name one class.</summary>
    /// <exception cref="CommandFailedException">The folder is missing or has fewer than two classes.</exception>
    public static IReadOnlyList<(Emotion Emotion, string Folder)> FindClasses(string root)
    {
        if (!Directory.Exists(root))
        {
            throw new CommandFailedException($"{root}: no such folder.");
        }

        var classes = new List<(Emotion Emotion, string Folder)>();
        foreach (var folder in Directory.EnumerateDirectories(root))
        {
            if (EmotionNames.TryParse(Path.GetFileName(folder), out var emotion))
            {
                classes.Add((emotion, folder));
            }
        }

        return classes.Select(entry => entry.Emotion).Distinct().Count() > 1
            ? [.. classes.OrderBy(entry => entry.Emotion).ThenBy(entry => entry.Folder, StringComparer.Ordinal)]
            : throw new CommandFailedException($"{root} needs a folder per class, at least two of: neutral, happiness, surprise, sadness, anger, disgust, fear, contempt.");
    }

    /// <summary>Judges all pictures.</summary>
    /// <exception cref="CommandFailedException">There is no readable picture.</exception>
    public EmotionScores Run(IReadOnlyList<(Emotion Emotion, string Folder)> folders, Action<double> progress, CancellationToken cancellation)
    {
        var classes = folders.Select(entry => entry.Emotion).Distinct().ToArray();
        var cases = new List<EmotionCase>();
        var buffer = new FrameBuffer();
        for (var i = 0; i < folders.Count; i++)
        {
            using var reader = new SequentialFrameReader(FrameSourceUri.Parse(folders[i].Folder));
            for (var read = 0; ; read++)
            {
                cancellation.ThrowIfCancellationRequested();
                try
                {
                    if (!reader.TryRead(buffer))
                    {
                        break;
                    }
                }
                catch (CaptureException)
                {
                    Unreadable++;
                    continue;
                }

                cases.Add(EmotionCase.Judge(folders[i].Emotion, Read(buffer.Frame).Emotions, classes));
                progress((i + read / (double)reader.PictureCount) / folders.Count);
            }
        }

        return cases.Count > 0 ? new EmotionScores(classes, cases) : throw new CommandFailedException("no picture could be read.");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _detector?.Dispose();
        _net.Dispose();
    }

    private EmotionReading Read(in Frame frame)
    {
        var landmarks = Find(frame);
        var start = Stopwatch.GetTimestamp();
        var reading = landmarks is { } found ? _net.Read(frame, found) : _net.ReadCropped(frame);
        _milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        return reading;
    }

    private FaceLandmarks? Find(in Frame frame)
    {
        if (_detector is null)
        {
            return null;
        }

        var faces = _detector.Detect(frame);
        var face = DriverSelection.Choose(faces, DriverZone.Whole, frame.Width, frame.Height);
        if (face >= 0)
        {
            return faces[face].Landmarks;
        }

        WithoutFace++;
        return null;
    }
}
