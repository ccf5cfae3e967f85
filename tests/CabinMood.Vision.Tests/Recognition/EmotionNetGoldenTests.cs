using System.Text.Json;
using CabinMood.Core.Emotions;
using CabinMood.Core.Faces;
using CabinMood.Vision.ModelCards;
using CabinMood.Vision.OnnxRuntime;
using CabinMood.Vision.Recognition;
using CabinMood.Vision.Tests.Support;

namespace CabinMood.Vision.Tests.Recognition;

/// <summary>The emotion net against torch; the golden file says where its numbers come from.</summary>
public sealed class EmotionNetGoldenTests
{
    [Fact]
    public void Our_net_reads_the_same_from_a_crop_as_in_torch()
    {
        using var golden = JsonDocument.Parse(File.ReadAllBytes(Repository.Golden("emotion.json")));
        var expected = golden.RootElement;
        using var net = new EmotionNet(ModelCardReader.ReadEmotion(Nets.EmotionCard), new OnnxSessionOptions());

        var reading = net.ReadCropped(Pictures.Read(Repository.Golden(expected.GetProperty("picture").GetString()!)).Frame);

        var probabilities = GoldenFaces.Numbers(expected.GetProperty("probabilities"));
        for (var i = 0; i < EmotionProbabilities.Count; i++)
        {
            Assert.Equal(probabilities[i], reading.Emotions[i], 1e-3f);
        }

        Assert.Equal(expected.GetProperty("valence").GetSingle(), reading.Valence, 1e-3f);
        Assert.Equal(expected.GetProperty("arousal").GetSingle(), reading.Arousal, 1e-3f);
        Assert.Equal(expected.GetProperty("quality").GetSingle(), reading.Quality, 1e-3f);
    }

    [Fact]
    public void The_whole_path_reads_much_the_same_from_the_picture_that_the_crop_was_cut_from()
    {
        using var golden = JsonDocument.Parse(File.ReadAllBytes(Repository.Golden("emotion.json")));
        using var pipeline = PerceptionPipeline.Load(Nets.Options, DriverZone.ImageLeft);

        var observation = pipeline.Process(Pictures.Read(Repository.Golden("cabin-frame.png")).Frame);

        // The crop was cut by other code; a fraction of a pixel lies between the two.
        Assert.Equal(FacePresence.Present, observation.Presence);
        Assert.Equal(golden.RootElement.GetProperty("valence").GetSingle(), observation.Reading.Valence, 0.1f);
        Assert.Equal(golden.RootElement.GetProperty("arousal").GetSingle(), observation.Reading.Arousal, 0.1f);
        Assert.Equal(golden.RootElement.GetProperty("quality").GetSingle(), observation.Reading.Quality, 0.1f);
    }
}
