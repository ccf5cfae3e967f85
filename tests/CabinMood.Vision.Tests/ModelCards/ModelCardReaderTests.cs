using System.Text.Json.Nodes;
using CabinMood.Vision.ModelCards;
using CabinMood.Vision.Tests.Support;

namespace CabinMood.Vision.Tests.ModelCards;

public sealed class ModelCardReaderTests
{
    [Fact]
    public void A_detectors_card_is_read_together_with_its_net()
    {
        using var folder = new TempFolder();
        byte[] net = [1, 2, 3];

        var model = ModelCardReader.ReadDetector(TestCards.WriteDetector(folder, net));

        Assert.Equal(net, model.Bytes.ToArray());
        Assert.Equal(InputChannels.Bgr, model.Card.Input.Channels);
        Assert.Equal([104f, 117f, 123f], model.Card.Input.Mean);
        Assert.Equal(640, model.Card.Input.Width);
        Assert.Equal([64, 128], model.Card.Anchors.Sizes[1]);
        Assert.Equal(0.5, model.Card.Scores["recall"]);
    }

    [Fact]
    public void An_emotion_nets_card_is_read_together_with_its_net()
    {
        using var folder = new TempFolder();

        var model = ModelCardReader.ReadEmotion(TestCards.WriteEmotion(folder));

        Assert.Equal("valence_arousal", model.Card.Outputs.ValenceArousal);
        Assert.Equal("contempt", model.Card.Labels[^1]);
        Assert.Equal([8, 9.5f], model.Card.Alignment[2]);
    }

    [Theory]
    [InlineData("tresholdd", "unknown field tresholdd")]
    [InlineData("defaultTreshold", "unknown field defaultTreshold; did you mean defaultThreshold?")]
    [InlineData("DefaultThreshold", "unknown field DefaultThreshold; did you mean defaultThreshold?")]
    public void An_unknown_field_is_refused_with_the_nearest_known_one(string field, string message)
    {
        using var folder = new TempFolder();
        var path = TestCards.WriteDetector(folder, [1], card => card[field] = 0.5);

        Assert.Equal($"{path}: {message}", Refusal(() => ModelCardReader.ReadDetector(path)));
    }

    [Fact]
    public void An_unknown_field_further_inside_is_named_with_its_way()
    {
        using var folder = new TempFolder();
        var path = TestCards.WriteDetector(folder, [1], card => card["input"]!["means"] = new JsonArray(1));

        Assert.Equal($"{path}: unknown field input.means; did you mean input.mean?", Refusal(() => ModelCardReader.ReadDetector(path)));
    }

    [Fact]
    public void A_wrong_checksum_is_refused()
    {
        using var folder = new TempFolder();
        var path = TestCards.WriteDetector(folder, [1, 2, 3]);
        File.WriteAllBytes(folder.File("detector.onnx"), [1, 2, 4]);

        var message = Refusal(() => ModelCardReader.ReadDetector(path));

        Assert.Contains("detector.onnx: wrong checksum", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_card_and_a_missing_net_are_named()
    {
        using var folder = new TempFolder();
        Assert.EndsWith("none.json: no such model card", Refusal(() => ModelCardReader.ReadDetector(folder.File("none.json"))), StringComparison.Ordinal);

        var path = TestCards.WriteEmotion(folder);
        File.Delete(folder.File("emotion.onnx"));
        Assert.Contains("emotion.onnx: no such model", Refusal(() => ModelCardReader.ReadEmotion(path)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("labels")]
    [InlineData("sha256")]
    [InlineData("outputs")]
    [InlineData("alignment")]
    public void A_missing_field_is_refused_by_name(string field)
    {
        using var folder = new TempFolder();
        var path = TestCards.WriteEmotion(folder, change: card => card.Remove(field));

        Assert.Contains(field, Refusal(() => ModelCardReader.ReadEmotion(path)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_net_without_valence_and_quality_is_refused()
    {
        using var folder = new TempFolder();
        var path = TestCards.WriteEmotion(folder, change: card => card["outputs"]!.AsObject().Remove("quality"));

        Assert.Contains("quality", Refusal(() => ModelCardReader.ReadEmotion(path)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"input":{"channels":"gray"}}""", "channels")]
    [InlineData("""{"input":{"layout":"NHWC"}}""", "input.layout is NHWC")]
    [InlineData("""{"input":{"mean":[1,2]}}""", "input.mean must hold 1 numbers")]
    [InlineData("""{"input":{"std":[0]}}""", "input.std")]
    [InlineData("""{"input":{"width":null}}""", "input.width")]
    [InlineData("""{"temperature":0}""", "temperature")]
    [InlineData("""{"alignment":[[1,2]]}""", "alignment must hold five points")]
    [InlineData("""{"kind":"detector"}""", "kind is detector")]
    [InlineData("""{"file":"../emotion.onnx"}""", "file must name a file beside the card")]
    [InlineData("""{"labels":["joy","happiness","surprise","sadness","anger","disgust","fear","contempt"]}""", "unknown label joy")]
    [InlineData("""{"labels":["fear","happiness","surprise","sadness","anger","disgust","fear","contempt"]}""", "labels must not repeat")]
    public void A_value_that_does_not_fit_is_refused_in_one_line(string change, string expected)
    {
        using var folder = new TempFolder();
        var path = TestCards.WriteEmotion(folder, change: card => Merge(card, JsonNode.Parse(change)!.AsObject()));

        var message = Refusal(() => ModelCardReader.ReadEmotion(path));

        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"kind":7}""")]
    public void What_is_no_card_is_refused(string text)
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("card.json"), text);

        Refusal(() => ModelCardReader.ReadDetector(folder.File("card.json")));
        Refusal(() => ModelCardReader.ReadKind(folder.File("card.json")));
    }

    [Fact]
    public void The_kind_can_be_asked_for_beforehand()
    {
        using var folder = new TempFolder();

        Assert.Equal("detector", ModelCardReader.ReadKind(TestCards.WriteDetector(folder, [1])));
        Assert.Equal("emotion", ModelCardReader.ReadKind(TestCards.WriteEmotion(folder)));
    }

    private static string Refusal(Action read) => Assert.Throws<ModelCardException>(read).Message;

    private static void Merge(JsonObject target, JsonObject change)
    {
        foreach (var (name, value) in change)
        {
            if (value is JsonObject inner)
            {
                Merge(target[name]!.AsObject(), inner);
            }
            else
            {
                target[name] = value?.DeepClone();
            }
        }
    }
}
