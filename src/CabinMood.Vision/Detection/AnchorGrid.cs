using CabinMood.Vision.ModelCards;

namespace CabinMood.Vision.Detection;

/// <summary>
/// All anchors for one input size, in pixels of the net's input; computed once. Their order is that of the net's outputs:
/// by stride; within one by rows, columns, sizes (biubug6/Pytorch_Retinaface, layers/functions/prior_box.py).
/// </summary>
public sealed class AnchorGrid
{
    private readonly Anchor[] _anchors;

    /// <summary>Computes the anchors.</summary>
    /// <param name="layout">Strides and sizes from the model's card.</param>
    /// <param name="inputWidth">Width of the net's input in pixels.</param>
    /// <param name="inputHeight">Height of the net's input in pixels.</param>
    public AnchorGrid(AnchorLayout layout, int inputWidth, int inputHeight)
    {
        ArgumentNullException.ThrowIfNull(layout);
        var anchors = new List<Anchor>();
        for (var level = 0; level < layout.Strides.Length; level++)
        {
            var stride = layout.Strides[level];
            // The feature map's size: convolutions with padding round up.
            var rows = (inputHeight + stride - 1) / stride;
            var columns = (inputWidth + stride - 1) / stride;
            for (var row = 0; row < rows; row++)
            {
                for (var column = 0; column < columns; column++)
                {
                    foreach (var size in layout.Sizes[level])
                    {
                        anchors.Add(new Anchor((column + 0.5f) * stride, (row + 0.5f) * stride, size));
                    }
                }
            }
        }

        _anchors = [.. anchors];
    }

    /// <summary>How many anchors there are: as many as the net has answers.</summary>
    public int Count => _anchors.Length;

    /// <summary>The anchors in the order of the net's answers.</summary>
    public ReadOnlySpan<Anchor> Anchors => _anchors;
}
