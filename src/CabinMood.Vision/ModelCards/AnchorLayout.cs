namespace CabinMood.Vision.ModelCards;

/// <summary>
/// The anchors of a RetinaFace net. Their order in the outputs: by stride; within one by rows, columns, sizes
/// (biubug6/Pytorch_Retinaface, layers/functions/prior_box.py).
/// </summary>
public sealed record AnchorLayout
{
    /// <summary>Distance of neighbouring anchors in pixels of the net's input, per level.</summary>
    public required int[] Strides { get; init; }

    /// <summary>Edge lengths of the anchors in pixels of the net's input, per level.</summary>
    public required int[][] Sizes { get; init; }

    /// <summary>Factors of the centre's offset and of the size's logarithm.</summary>
    public required float[] Variances { get; init; }
}
