using CabinMood.Core.Faces;
using CabinMood.Vision.Capture;
using CabinMood.Vision.ModelCards;
using CabinMood.Vision.OnnxRuntime;
using CabinMood.Vision.Tests.Support;

namespace CabinMood.Vision.Tests;

public sealed class PerceptionPipelineTests
{
    [Fact]
    public void A_driver_is_present_with_a_reading_and_a_place()
    {
        using var pipeline = PerceptionPipeline.Load(Nets.Options, DriverZone.ImageLeft);

        var observation = pipeline.Process(Pictures.Read(Repository.Golden("cabin-frame.png")).Frame);

        Assert.Equal(FacePresence.Present, observation.Presence);
        Assert.Equal(1, Enumerable.Range(0, 8).Sum(i => observation.Reading.Emotions[i]), 1e-4f);
        Assert.InRange(pipeline.DriverFace!.Value.Box.CenterX, 60, 120);
        var timings = pipeline.LastTimings;
        Assert.True(timings.Total >= timings.ObscuredView + timings.DetectorInput + timings.DetectorNet + timings.Decoding + timings.Alignment + timings.EmotionNet);
    }

    [Fact]
    public void An_empty_seat_is_absent_and_a_covered_lens_is_obscured()
    {
        using var pipeline = PerceptionPipeline.Load(Nets.Options, DriverZone.ImageLeft);
        var picture = Pictures.Read(Repository.Golden("cabin-frame.png"));

        Assert.Equal(FaceObservation.Absent, pipeline.Process(Pictures.Change(picture, default, (x, _, value) => x < 150 ? (byte)90 : value).Frame));
        Assert.Null(pipeline.DriverFace);
        Assert.Equal(FaceObservation.Obscured, pipeline.Process(Pictures.Flat(320, 240, 3).Frame));
        Assert.Null(pipeline.DriverFace);
    }

    [Fact]
    public void From_frame_to_scores_nothing_is_allocated()
    {
        using var pipeline = PerceptionPipeline.Load(Nets.Options, DriverZone.ImageLeft);
        var picture = Pictures.Read(Repository.Golden("cabin-frame.png"));
        // Whole frames, windows of several sizes, an empty seat and a covered lens all take their turn.
        FrameBuffer[] frames = [.. Enumerable.Range(0, 40).Select(i => Pictures.Change(
            picture,
            TimeSpan.FromSeconds(i * 0.1),
            (x, y, value) => i % 8 == 6 && x < 150 ? (byte)90 : i % 8 == 7 ? (byte)3 : value))];
        foreach (var frame in frames.AsSpan(0, 10))
        {
            pipeline.Process(frame.Frame);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var frame in frames.AsSpan(10))
        {
            pipeline.Process(frame.Frame);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void From_the_capture_thread_to_the_scores_nothing_is_allocated()
    {
        using var pipeline = PerceptionPipeline.Load(Nets.Options, DriverZone.Whole);
        // The picture becomes a live video of 60 frames a second.
        using var source = new GStreamerFrameSource(
            new CameraOptions
            {
                Source = $"filesrc location=\"{Repository.Golden("cabin-frame.png")}\" ! pngdec ! videoconvert ! imagefreeze is-live=true ! video/x-raw,framerate=60/1",
            },
            TimeProvider.System);
        source.Open();
        var buffer = new FrameBuffer();
        Analyse(frames: 20);
        var (onCaptureThread, onThisThread) = (source.AllocatedBytes, GC.GetAllocatedBytesForCurrentThread());

        var faces = Analyse(frames: 90);

        Assert.Equal(onThisThread, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(onCaptureThread, source.AllocatedBytes);
        Assert.Equal(90, faces);

        int Analyse(int frames)
        {
            var present = 0;
            for (var i = 0; i < frames; i++)
            {
                if (!source.WaitForFrame(buffer, TimeSpan.FromSeconds(20)))
                {
                    throw new InvalidOperationException("No frame comes.");
                }

                present += pipeline.Process(buffer.Frame).Presence == FacePresence.Present ? 1 : 0;
            }

            return present;
        }
    }

    [Fact]
    public void When_the_camera_closes_the_last_picture_is_wiped()
    {
        using var pipeline = PerceptionPipeline.Load(Nets.Options, DriverZone.Whole);
        var picture = Pictures.Read(Repository.Golden("cabin-frame.png"));
        var first = pipeline.Process(picture.Frame);

        pipeline.Forget();

        Assert.Null(pipeline.DriverFace);
        Assert.True(pipeline.FullFrameDetector.Session.Input.Data.IndexOfAnyExcept(0f) < 0);
        Assert.True(pipeline.EmotionNet.Session.Input.Data.IndexOfAnyExcept(0f) < 0);
        Assert.Equal(first, pipeline.Process(picture.Frame));
    }

    [Fact]
    public void A_missing_card_and_a_truncated_net_are_refused_in_one_line()
    {
        using var folder = new TempFolder();
        var options = Nets.Options;
        options.EmotionCard = folder.File("none.json");
        Assert.Contains("no such model card", Assert.Throws<ModelCardException>(() => PerceptionPipeline.Load(options, DriverZone.Whole).Dispose()).Message, StringComparison.Ordinal);

        var net = File.ReadAllBytes(Path.ChangeExtension(Nets.EmotionCard, ".onnx"));
        options.EmotionCard = TestCards.WriteEmotion(folder, net[..(net.Length / 2)]);
        Assert.StartsWith("emotion.onnx: ONNX Runtime refused", Assert.Throws<OnnxRuntimeException>(() => PerceptionPipeline.Load(options, DriverZone.Whole).Dispose()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_bench_compares_the_path_with_the_bare_nets()
    {
        var result = PerceptionBench.Run(Nets.Options, Pictures.Read(Repository.Golden("cabin-frame.png")).Frame, rounds: 5);

        Assert.Equal((320, 256), (result.DetectorInputWidth, result.DetectorInputHeight));
        Assert.Equal(0, result.AllocatedBytesPerFrame);
        Assert.True(result.Ratio > 0.5);
        Assert.True(result.WholePathMs >= result.DetectorNetMs);
    }
}
