using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace CabinMood.Vision.Tests.Support;

/// <summary>Writes model cards for tests.</summary>
internal static class TestCards
{
    /// <summary>The reference detector of ../shared.</summary>
    public const string ReferenceDetector = "models/retinaface_mobilenet025_640x640.onnx";

    /// <summary>Links the reference detector into the folder and writes its card.</summary>
    public static string WriteReferenceDetector(TempFolder folder, double threshold = 0.5)
    {
        File.CreateSymbolicLink(folder.File("reference.onnx"), Path.GetFullPath(Path.Combine(Repository.Shared, ReferenceDetector)));
        var card = Detector(File.ReadAllBytes(folder.File("reference.onnx")), "reference.onnx");
        card["defaultThreshold"] = threshold;
        return Write(folder, "reference.json", card);
    }

    /// <summary>Writes net and card of a detector, changed as the test wants.</summary>
    public static string WriteDetector(TempFolder folder, byte[] net, Action<JsonObject>? change = null)
    {
        File.WriteAllBytes(folder.File("detector.onnx"), net);
        var card = Detector(net, "detector.onnx");
        change?.Invoke(card);
        return Write(folder, "detector.json", card);
    }

    /// <summary>Writes net and card of an emotion net with a grey 16x16 input, changed as the test wants.</summary>
    public static string WriteEmotion(TempFolder folder, byte[]? net = null, Action<JsonObject>? change = null)
    {
        net ??= EmotionNet([0, 3, 0, 0, 0, 0, 0, 0], valence: 0.5f, arousal: -0.25f, quality: 0.75f);
        File.WriteAllBytes(folder.File("emotion.onnx"), net);
        var card = Emotion(net, "emotion.onnx");
        change?.Invoke(card);
        return Write(folder, "emotion.json", card);
    }

    /// <summary>A net that gives the same answer to every face.</summary>
    public static byte[] EmotionNet(float[] logits, float valence, float arousal, float quality) => TinyOnnx.Constant(
        "face",
        [1, 1, 16, 16],
        ("emotions", [1, logits.Length], logits),
        ("valence_arousal", [1, 2], [valence, arousal]),
        ("quality", [1, 1], [quality]));

    private static JsonObject Detector(byte[] net, string file) => JsonNode.Parse($$"""
        {
          "name": "test detector", "version": "1", "kind": "detector", "file": "{{file}}", "sha256": "{{Sha256(net)}}",
          "input": {
            "name": "input0", "layout": "NCHW", "channels": "bgr", "width": 640, "height": 640, "multipleOf": 32,
            "mean": [104, 117, 123], "std": [1, 1, 1]
          },
          "outputs": { "boxes": "output0", "scores": "593", "landmarks": "592" },
          "anchors": { "strides": [8, 16, 32], "sizes": [[16, 32], [64, 128], [256, 512]], "variances": [0.1, 0.2] },
          "defaultThreshold": 0.5, "trainedOn": "nothing", "licence": "none", "scores": { "recall": 0.5 }
        }
        """)!.AsObject();

    private static JsonObject Emotion(byte[] net, string file) => JsonNode.Parse($$"""
        {
          "name": "test emotion net", "version": "1", "kind": "emotion", "file": "{{file}}", "sha256": "{{Sha256(net)}}",
          "input": {
            "name": "face", "layout": "NCHW", "channels": "grey", "width": 16, "height": 16, "multipleOf": 1,
            "mean": [127.5], "std": [64]
          },
          "outputs": { "emotions": "emotions", "valenceArousal": "valence_arousal", "quality": "quality" },
          "labels": ["neutral", "happiness", "surprise", "sadness", "anger", "disgust", "fear", "contempt"],
          "temperature": 1.0,
          "alignment": [[5, 6], [11, 6], [8, 9.5], [5.5, 12], [10.5, 12]],
          "trainedOn": "nothing", "licence": "none", "scores": {}
        }
        """)!.AsObject();

    private static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static string Write(TempFolder folder, string name, JsonObject card)
    {
        File.WriteAllText(folder.File(name), card.ToJsonString());
        return folder.File(name);
    }
}
