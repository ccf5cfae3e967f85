namespace CabinMood.Vision.ModelCards;

/// <summary>The names of an emotion net's outputs inside the net.</summary>
public sealed record EmotionOutputs
{
    /// <summary>float32 [1,8]: logits.</summary>
    public required string Emotions { get; init; }

    /// <summary>float32 [1,2]: valence and arousal, -1 to 1.</summary>
    public required string ValenceArousal { get; init; }

    /// <summary>float32 [1,1]: how far the reading can be trusted, 0 to 1.</summary>
    public required string Quality { get; init; }
}
