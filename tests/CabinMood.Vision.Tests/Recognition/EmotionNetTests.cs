using System.Text.Json.Nodes;
using CabinMood.Core.Emotions;
using CabinMood.Core.Faces;
using CabinMood.Vision.ModelCards;
using CabinMood.Vision.OnnxRuntime;
using CabinMood.Vision.Recognition;
using CabinMood.Vision.Tests.Support;

namespace CabinMood.Vision.Tests.Recognition;

public sealed class EmotionNetTests
{
    private static readonly FaceLandmarks Landmarks = new(new(40, 40), new(60, 40), new(50, 50), new(43, 60), new(57, 60));

    [Fact]
    public void Logits_become_probabilities_through_a_softmax_at_the_cards_temperature()
    {
        using var folder = new TempFolder();
        float[] logits = [0, 1, 2, 3, -1, -2, -3, 0.5f];
        var reading = Read(TestCards.WriteEmotion(
            folder,
            TestCards.EmotionNet(logits, 0.5f, -0.25f, 0.75f),
            card => card["temperature"] = 2));

        var exponentials = logits.Select(logit => Math.Exp(logit / 2)).ToArray();
        for (var i = 0; i < logits.Length; i++)
        {
            Assert.Equal(exponentials[i] / exponentials.Sum(), reading.Emotions[i], 1e-5);
        }

        Assert.Equal(0.5f, reading.Valence);
        Assert.Equal(-0.25f, reading.Arousal);
        Assert.Equal(0.75f, reading.Quality);
    }

    [Fact]
    public void Labels_may_come_in_another_order_than_ours()
    {
        using var folder = new TempFolder();
        var reading = Read(TestCards.WriteEmotion(
            folder,
            TestCards.EmotionNet([9, 0, 0, 0, 0, 0, 0, 0], 0, 0, 1),
            card => card["labels"] = new JsonArray("fear", "happiness", "surprise", "sadness", "anger", "disgust", "neutral", "contempt")));

        Assert.Equal(Emotion.Fear, reading.Emotions.Top);
    }

    [Fact]
    public void What_leaves_its_range_is_brought_back()
    {
        using var folder = new TempFolder();

        var reading = Read(TestCards.WriteEmotion(folder, TestCards.EmotionNet(new float[8], 1.5f, -7, 1.01f)));

        Assert.Equal((1f, -1f, 1f), (reading.Valence, reading.Arousal, reading.Quality));
    }

    [Fact]
    public void A_net_with_seven_classes_is_refused()
    {
        using var folder = new TempFolder();
        var path = TestCards.WriteEmotion(folder, TestCards.EmotionNet(new float[7], 0, 0, 1));

        var exception = Assert.Throws<ModelCardException>(() => Read(path));

        Assert.EndsWith("the net's outputs have 7, 2 and 1 numbers, but 8, 2 and 1 are needed", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_net_for_another_size_than_the_cards_is_refused()
    {
        using var folder = new TempFolder();
        var path = TestCards.WriteEmotion(folder, change: card => card["input"]!["width"] = 32);

        Assert.Contains("[1,1,16,16]", Assert.Throws<OnnxRuntimeException>(() => Read(path)).Message, StringComparison.Ordinal);
    }

    private static EmotionReading Read(string card)
    {
        using var net = new EmotionNet(ModelCardReader.ReadEmotion(card), new OnnxSessionOptions());
        return net.Read(Pictures.Waves(100, 100).Frame, Landmarks);
    }
}
