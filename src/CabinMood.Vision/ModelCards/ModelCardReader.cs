using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CabinMood.Core.Emotions;

namespace CabinMood.Vision.ModelCards;

/// <summary>
/// Reads model cards and the nets they name. A field that is unknown, missing or out of range and a file whose checksum
/// differs are refused: a net that is fed the wrong way answers just as confidently.
/// </summary>
public static class ModelCardReader
{
    /// <summary>Landmarks that a face has: two eyes, the nose, two corners of the mouth.</summary>
    private const int LandmarkCount = 5;

    /// <summary>Reads a detector's card, its net, and compares the checksum.</summary>
    /// <exception cref="ModelCardException">The card or the net cannot be used.</exception>
    public static VerifiedModel<DetectorCard> ReadDetector(string path)
    {
        var card = Parse(path, ModelCardJson.Default.DetectorCard);
        CheckKind(path, card.Kind, "detector");
        CheckInput(path, card.Input);
        CheckAnchors(path, card.Anchors);
        Check(path, card.DefaultThreshold is > 0 and < 1, "defaultThreshold must lie between 0 and 1");
        return new VerifiedModel<DetectorCard>(card, path, ReadNet(path, card.File, card.Sha256));
    }

    /// <summary>Reads an emotion net's card, its net, and compares the checksum.</summary>
    /// <exception cref="ModelCardException">The card or the net cannot be used.</exception>
    public static VerifiedModel<EmotionCard> ReadEmotion(string path)
    {
        var card = Parse(path, ModelCardJson.Default.EmotionCard);
        CheckKind(path, card.Kind, "emotion");
        CheckInput(path, card.Input);
        Check(path, card.Input is { Width: not null, Height: not null }, "input.width and input.height must be given");
        Check(path, card.Temperature is > 0 and < 100, "temperature must lie between 0 and 100");
        Check(
            path,
            card.Alignment.Length == LandmarkCount && card.Alignment.All(point => point is { Length: 2 }),
            "alignment must hold five points [x, y]");
        CheckLabels(path, card.Labels);
        return new VerifiedModel<EmotionCard>(card, path, ReadNet(path, card.File, card.Sha256));
    }

    /// <summary>The <c>kind</c> of a card whose kind is not known beforehand: <c>detector</c> or <c>emotion</c>.</summary>
    /// <exception cref="ModelCardException">The file is no card.</exception>
    public static string ReadKind(string path)
    {
        using var document = ParseDocument(path);
        return document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty("kind", out var kind)
            && kind.ValueKind == JsonValueKind.String
            && kind.GetString() is "detector" or "emotion"
            ? document.RootElement.GetProperty("kind").GetString()!
            : throw new ModelCardException($"{path}: no model card: kind must be detector or emotion");
    }

    private static TCard Parse<TCard>(string path, JsonTypeInfo<TCard> type)
    {
        using var document = ParseDocument(path);
        RefuseUnknownFields(path, document.RootElement, type, prefix: "");
        try
        {
            return document.RootElement.Deserialize(type)
                ?? throw new ModelCardException($"{path}: the card is empty");
        }
        catch (JsonException exception)
        {
            throw new ModelCardException($"{path}: {FirstLine(exception.Message)}", exception);
        }
    }

    private static JsonDocument ParseDocument(string path)
    {
        try
        {
            return JsonDocument.Parse(File.ReadAllBytes(path));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ModelCardException($"{path}: no such model card", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ModelCardException($"{path}: cannot be read: {FirstLine(exception.Message)}", exception);
        }
        catch (JsonException exception)
        {
            throw new ModelCardException($"{path}: not JSON: {FirstLine(exception.Message)}", exception);
        }
    }

    /// <summary>The serialiser would refuse these too, but it knows no nearest name.</summary>
    private static void RefuseUnknownFields(string path, JsonElement element, JsonTypeInfo type, string prefix)
    {
        if (element.ValueKind != JsonValueKind.Object || type.Kind != JsonTypeInfoKind.Object)
        {
            return;
        }

        foreach (var field in element.EnumerateObject())
        {
            var known = type.Properties.FirstOrDefault(property => property.Name == field.Name);
            if (known is null)
            {
                var nearest = NearestName.Among(type.Properties.Select(property => property.Name), field.Name);
                var hint = nearest is null ? "" : $"; did you mean {prefix}{nearest}?";
                throw new ModelCardException($"{path}: unknown field {prefix}{field.Name}{hint}");
            }

            if (ModelCardJson.Default.GetTypeInfo(known.PropertyType) is { } inner)
            {
                RefuseUnknownFields(path, field.Value, inner, $"{prefix}{field.Name}.");
            }
        }
    }

    private static ReadOnlyMemory<byte> ReadNet(string cardPath, string file, string sha256)
    {
        Check(cardPath, file.Length > 0 && Path.GetFileName(file) == file, "file must name a file beside the card");
        var path = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(cardPath))!, file);
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (FileNotFoundException exception)
        {
            throw new ModelCardException($"{path}: no such model, though {Path.GetFileName(cardPath)} names it", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ModelCardException($"{path}: cannot be read: {FirstLine(exception.Message)}", exception);
        }

        var actual = Convert.ToHexStringLower(SHA256.HashData(bytes));
        return string.Equals(actual, sha256, StringComparison.OrdinalIgnoreCase)
            ? bytes
            : throw new ModelCardException(
                $"{path}: wrong checksum: {Path.GetFileName(cardPath)} says sha256 {Short(sha256)}, the file has {Short(actual)}");
    }

    private static void CheckKind(string path, string kind, string wanted) =>
        Check(path, kind == wanted, $"kind is {kind}, but {wanted} is needed here");

    private static void CheckInput(string path, ModelInput input)
    {
        Check(path, input.Layout == "NCHW", $"input.layout is {input.Layout}, but only NCHW is known");
        Check(path, input.Mean.Length == input.ChannelCount, $"input.mean must hold {input.ChannelCount} numbers");
        Check(
            path,
            input.Std.Length == input.ChannelCount && input.Std.All(std => std > 0),
            $"input.std must hold {input.ChannelCount} numbers above 0");
        Check(path, input.MultipleOf is >= 1 and <= 128, "input.multipleOf must lie in 1..128");
        Check(path, input.Width is null or (>= 16 and <= 4096), "input.width must lie in 16..4096 or be null");
        Check(path, input.Height is null or (>= 16 and <= 4096), "input.height must lie in 16..4096 or be null");
        Check(path, input.Width is null == input.Height is null, "input.width and input.height must both be fixed or both be null");
    }

    private static void CheckAnchors(string path, AnchorLayout anchors)
    {
        Check(
            path,
            anchors.Strides.Length > 0 && anchors.Strides.Length == anchors.Sizes.Length,
            "anchors.strides and anchors.sizes must hold one entry per level");
        Check(path, anchors.Strides.All(stride => stride is >= 1 and <= 256), "anchors.strides must lie in 1..256");
        Check(
            path,
            anchors.Sizes.All(sizes => sizes is { Length: > 0 } && sizes.All(size => size > 0)),
            "anchors.sizes must hold lengths above 0");
        Check(
            path,
            anchors.Variances.Length == 2 && anchors.Variances.All(variance => variance > 0),
            "anchors.variances must hold two numbers above 0");
    }

    private static void CheckLabels(string path, string[] labels)
    {
        var wanted = Enum.GetNames<Emotion>();
        Check(path, labels.Length == wanted.Length, $"labels must hold {wanted.Length} names");
        foreach (var label in labels)
        {
            if (!wanted.Contains(label, StringComparer.OrdinalIgnoreCase))
            {
                throw new ModelCardException($"{path}: unknown label {label}; known: {string.Join(' ', wanted).ToLowerInvariant()}");
            }
        }

        Check(path, labels.Distinct(StringComparer.OrdinalIgnoreCase).Count() == labels.Length, "labels must not repeat");
    }

    private static void Check(string path, bool condition, string message)
    {
        if (!condition)
        {
            throw new ModelCardException($"{path}: {message}");
        }
    }

    private static string Short(string sha256) => sha256.Length > 12 ? sha256[..12] + "..." : sha256;

    private static string FirstLine(string text) => text.Split('\n', 2)[0].TrimEnd();
}
