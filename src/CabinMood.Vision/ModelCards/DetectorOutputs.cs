namespace CabinMood.Vision.ModelCards;

/// <summary>The names of a detector's outputs inside the net; A is the number of anchors.</summary>
public sealed record DetectorOutputs
{
    /// <summary>float32 [1,A,4]: offsets of the box's centre and logarithms of its size, relative to the anchor.</summary>
    public required string Boxes { get; init; }

    /// <summary>float32 [1,A,2] after softmax; index 1 is the face.</summary>
    public required string Scores { get; init; }

    /// <summary>float32 [1,A,10]: offsets of five points from the anchor's centre.</summary>
    public required string Landmarks { get; init; }
}
