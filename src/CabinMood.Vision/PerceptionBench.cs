using System.Diagnostics;
using CabinMood.Core.Faces;
using CabinMood.Vision.Capture;

namespace CabinMood.Vision;

/// <summary>
/// Measures the product's own per-frame path on one frame, side by side with bare runs of its two nets: same process,
/// same sessions, same input sizes, taking turns, so that a busy machine slows both alike. In every round each is run
/// three times and its fastest run counts, which leaves out runs that another process interrupted; medians over all
/// rounds are reported. Every frame is searched as a whole, which is the dearest case; in the car most frames only need
/// a window.
/// </summary>
public static class PerceptionBench
{
    private const int RunsPerRound = 3;

    /// <summary>ONNX Runtime settles its memory within 20 runs.</summary>
    private const int WarmUpRuns = 40;

    /// <summary>The compiler settles its code in the background, on a single core in between: it needs time as well.</summary>
    private static readonly TimeSpan WarmUpTime = TimeSpan.FromSeconds(1.5);

    /// <summary>Runs the benchmark.</summary>
    /// <param name="options">The nets; the interval between searches of the whole frame is set to 0.</param>
    /// <param name="frame">A frame with a face in it.</param>
    /// <param name="rounds">How often each is measured, at least 3.</param>
    /// <exception cref="ArgumentException">There is no face in the frame, so the emotion net would not run.</exception>
    public static PerceptionBenchResult Run(PerceptionOptions options, in Frame frame, int rounds = 200)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(rounds, 3);
        using var everyFrame = PerceptionPipeline.Load(WholeFrames(options), DriverZone.Whole);
        using var following = PerceptionPipeline.Load(Following(options), DriverZone.Whole);
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < WarmUpRuns || Stopwatch.GetElapsedTime(start) < WarmUpTime; i++)
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
            bareDetector[round] = bareEmotion[round] = copies[round] = windows[round] = stages[round].Total = long.MaxValue;
            for (var run = 0; run < RunsPerRound; run++)
            {
                var mark = Stopwatch.GetTimestamp();
                everyFrame.FullFrameDetector.Session.Run();
                bareDetector[round] = Math.Min(bareDetector[round], StageTimings.Lap(ref mark));
                everyFrame.EmotionNet.Session.Run();
                bareEmotion[round] = Math.Min(bareEmotion[round], StageTimings.Lap(ref mark));
                buffer.Fill(frame);
                copies[round] = Math.Min(copies[round], StageTimings.Lap(ref mark));
                everyFrame.Process(buffer.Frame);
                stages[round] = everyFrame.LastTimings.Total < stages[round].Total ? everyFrame.LastTimings : stages[round];
                following.Process(buffer.Frame);
                windows[round] = Math.Min(windows[round], following.LastTimings.Total);
            }
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        return Summarise(stages, copies, windows, bareDetector, bareEmotion, (double)allocated / (rounds * RunsPerRound), everyFrame, frame);
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
            // Within a round both ran moments apart: the median of the rounds' ratios is steadier than the ratio of medians.
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
