namespace CabinMood.Vision.ModelCards;

/// <summary>What stands beside an emotion net: all that is needed to align a face for it and to read its answer.</summary>
public sealed record EmotionCard
{
    /// <summary>The net's name.</summary>
    public required string Name { get; init; }

    /// <summary>The net's version.</summary>
    public required string Version { get; init; }

    /// <summary>Always <c>emotion</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The net's file, relative to the card.</summary>
    public required string File { get; init; }

    /// <summary>SHA-256 of the file in hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>How the net wants its picture; width and height are fixed.</summary>
    public required ModelInput Input { get; init; }

    /// <summary>What the net's outputs are called.</summary>
    public required EmotionOutputs Outputs { get; init; }

    /// <summary>The eight emotions in the order of the net's logits, by the names of <see cref="Core.Emotions.Emotion"/>.</summary>
    public required string[] Labels { get; init; }

    /// <summary>Logits are divided by this before the softmax, which makes the probabilities honest (Guo et al. 2017).</summary>
    public required float Temperature { get; init; }

    /// <summary>
    /// Where the five landmarks lie in the net's input: x, y in pixels, in the order of
    /// <see cref="Core.Faces.FaceLandmarks"/>. Pixel (0,0) covers 0..1, its centre is 0.5.
    /// </summary>
    public required float[][] Alignment { get; init; }

    /// <summary>What the net was trained on, for people.</summary>
    public required string TrainedOn { get; init; }

    /// <summary>The net's licence, for people.</summary>
    public required string Licence { get; init; }

    /// <summary>Measured results, for people.</summary>
    public IReadOnlyDictionary<string, double> Scores { get; init; } = new Dictionary<string, double>();
}
