using System.Diagnostics;
using CabinMood.Service.Commands;
using CabinMood.Vision;
using CabinMood.Vision.Capture;
using CabinMood.Vision.Detection;
using CabinMood.Vision.ModelCards;
using CabinMood.Vision.OnnxRuntime;

namespace CabinMood.Service.Evaluation;

/// <summary>Runs the detector over pictures with known faces.</summary>
public sealed class DetectorEvaluation(PerceptionOptions options, float minFacePx) : IDisposable
{
    private readonly List<double> _milliseconds = [];

    private readonly FaceDetector _detector = new(
        ModelCardReader.ReadDetector(options.DetectorCard),
        options.DetectorWidth,
        options.DetectorHeight,
        options.DetectorThreshold,
        new OnnxSessionOptions(options.IntraOpThreads, options.AllowSpinning));

    /// <summary>Pictures that are missing or could not be decoded.</summary>
    public int Unreadable { get; private set; }

    /// <summary>Median of a detection, from frame to faces, in milliseconds.</summary>
    public double MedianMs
    {
        get
        {
            _milliseconds.Sort();
            return _milliseconds.Count > 0 ? _milliseconds[_milliseconds.Count / 2] : 0;
        }
    }

    /// <summary>Looks at every picture that the truth names.</summary>
    /// <exception cref="CommandFailedException">None of them can be read.</exception>
    public DetectorScores Run(string folder, IReadOnlyList<WiderTruth> truths, Action<double> progress, CancellationToken cancellation)
    {
        var scores = new DetectorScores(minFacePx);
        var buffer = new FrameBuffer();
        for (var i = 0; i < truths.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                using var reader = new SequentialFrameReader(new FrameSourceUri(FrameSourceKind.Image, Path.Combine(folder, truths[i].Picture)));
                reader.TryRead(buffer);
            }
            catch (CaptureException)
            {
                Unreadable++;
                continue;
            }

            var start = Stopwatch.GetTimestamp();
            var faces = _detector.Detect(buffer.Frame);
            _milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            scores.Add(truths[i].Faces, truths[i].Invalid, faces.ToArray());
            progress((i + 1.0) / truths.Count);
        }

        return scores.Pictures > 0 ? scores : throw new CommandFailedException($"none of the {truths.Count} pictures that the truth names can be read in {folder}.");
    }

    /// <inheritdoc/>
    public void Dispose() => _detector.Dispose();
}
