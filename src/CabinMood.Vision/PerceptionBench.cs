using System.Diagnostics;
using CabinMood.Core.Faces;
using CabinMood.Vision.Capture;

namespace CabinMood.Vision;

/// <summary>
/// Measures the product's own per-frame path on one frame, side by side with bare runs of its two nets: same process,
/// same sessions, same input sizes, taking turns, so that a busy machine slows both alike. Every frame is searched as a
/// whole, which is the dearest case; in the car most frames only need a window.
/// </summary>
public static class PerceptionBench
{
    /// <summary>ONNX Runtime settles its memory within 20 runs; the compiler needs a few dozen more to settle its code.</summary>
    private const int WarmUpRuns = 100;

    /// <summary>Runs the benchmark.</summary>
    /// <param name="options">The nets; the interval between searches of the whole frame is set to 0.</param>
    /// <param name="frame">A frame with a face in it.</param>
    /// <param name="rounds">How often each is measured, at least 3; the medians are reported.</param>
    /// <exception cref="ArgumentException">There is no face in the frame, so the emotion net would not run.</exception>
    public static PerceptionBenchResult Run(PerceptionOptions options, in Frame frame, int rounds = 200)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(rounds, 3);
        using var everyFrame = PerceptionPipeline.Load(WholeFrames(options), DriverZone.Whole);
        using var following = PerceptionPipeline.Load(Following(options), DriverZone.Whole);
        for (var i = 0; i < WarmUpRuns; i++)
        {
            if (everyFrame.Process(frame).Presence != FacePresence.Present)
            {
                throw new ArgumentException("The frame shows no face; give one that does.", nameof(frame));
            }

            following.Process(frame);
        }

        var stages = new StageTimings[rounds];
        var windows = new long[rounds];
        var bareDetector = new long[rounds];
        var bareEmotion = new long[rounds];
        var copies = new long[rounds];
        var buffer = new FrameBuffer();
        buffer.Fill(frame);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < rounds; round++)
        {
            // Turns change, so that neither always finds the caches as the other left them.
            if (round % 2 == 0)
            {
                RunBareNets(everyFrame, out bareDetector[round], out bareEmotion[round]);
            }

            var mark = Stopwatch.GetTimestamp();
            buffer.Fill(frame);
            copies[round] = StageTimings.Lap(ref mark);
            everyFrame.Process(buffer.Frame);
            stages[round] = everyFrame.LastTimings;
            if (round % 2 != 0)
            {
                RunBareNets(everyFrame, out bareDetector[round], out bareEmotion[round]);
            }

            following.Process(buffer.Frame);
            windows[round] = following.LastTimings.Total;
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        return Summarise(stages, copies, windows, bareDetector, bareEmotion, (double)allocated / rounds, everyFrame, frame);
    }

    private static void RunBareNets(PerceptionPipeline pipeline, out long detector, out long emotionNet)
    {
        var mark = Stopwatch.GetTimestamp();
        pipeline.FullFrameDetector.Session.Run();
        detector = StageTimings.Lap(ref mark);
        pipeline.EmotionNet.Session.Run();
        emotionNet = StageTimings.Lap(ref mark);
    }

    private static PerceptionBenchResult Summarise(
        StageTimings[] stages, long[] copies, long[] windows, long[] bareDetector, long[] bareEmotion, double allocated, PerceptionPipeline pipeline, in Frame frame) => new()
        {
            FrameWidth = frame.Width,
            FrameHeight = frame.Height,
            DetectorInputWidth = pipeline.FullFrameDetector.InputWidth,
            DetectorInputHeight = pipeline.FullFrameDetector.InputHeight,
            Rounds = stages.Length,
            CopyMs = MedianMs(copies),
            ObscuredViewMs = MedianMs([.. stages.Select(stage => stage.ObscuredView)]),
            DetectorInputMs = MedianMs([.. stages.Select(stage => stage.DetectorInput)]),
            DetectorNetMs = MedianMs([.. stages.Select(stage => stage.DetectorNet)]),
            DecodingMs = MedianMs([.. stages.Select(stage => stage.Decoding)]),
            AlignmentMs = MedianMs([.. stages.Select(stage => stage.Alignment)]),
            EmotionNetMs = MedianMs([.. stages.Select(stage => stage.EmotionNet)]),
            WholePathMs = MedianMs([.. stages.Zip(copies, (stage, copy) => stage.Total + copy)]),
            FollowingPathMs = MedianMs(windows),
            BareDetectorMs = MedianMs(bareDetector),
            BareEmotionNetMs = MedianMs(bareEmotion),
            // Within a round both ran a moment apart: the median of the rounds' ratios is steadier than the ratio of medians.
            Ratio = Median([.. Enumerable.Range(0, stages.Length)
                .Select(i => (double)(stages[i].Total + copies[i]) / (bareDetector[i] + bareEmotion[i]))]),
            AllocatedBytesPerFrame = allocated,
        };

    private static PerceptionOptions WholeFrames(PerceptionOptions options) => With(options, fullFrameEverySeconds: 0);

    private static PerceptionOptions Following(PerceptionOptions options) => With(options, fullFrameEverySeconds: 10);

    private static PerceptionOptions With(PerceptionOptions options, double fullFrameEverySeconds) => new()
    {
        DetectorCard = options.DetectorCard,
        EmotionCard = options.EmotionCard,
        DetectorWidth = options.DetectorWidth,
        DetectorHeight = options.DetectorHeight,
        DetectorThreshold = options.DetectorThreshold,
        MinFacePx = options.MinFacePx,
        FullFrameEverySeconds = fullFrameEverySeconds,
        IntraOpThreads = options.IntraOpThreads,
        AllowSpinning = options.AllowSpinning,
    };

    private static double MedianMs(long[] ticks) => Median([.. ticks.Select(StageTimings.Milliseconds)]);

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
    }
}
