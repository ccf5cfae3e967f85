using System.Numerics;
using System.Runtime.CompilerServices;
using CabinMood.Core.Faces;

namespace CabinMood.Vision.Detection;

/// <summary>
/// Turns the net's answers into faces (biubug6/Pytorch_Retinaface, utils/box_utils.py, <c>decode</c> and
/// <c>decode_landm</c>). Holds no state but its anchors; thread-safe.
/// </summary>
public sealed class BoxDecoder
{
    private const int BoxLength = 4;
    private const int ScoreLength = 2;
    private const int LandmarksLength = 10;

    private readonly AnchorGrid _grid;
    private readonly float _centerVariance;
    private readonly float _sizeVariance;

    /// <summary>Creates a decoder for one input size.</summary>
    /// <param name="grid">The anchors.</param>
    /// <param name="variances">Factors of the centre's offset and of the size's logarithm, from the model's card.</param>
    public BoxDecoder(AnchorGrid grid, ReadOnlySpan<float> variances)
    {
        ArgumentNullException.ThrowIfNull(grid);
        _grid = grid;
        _centerVariance = variances[0];
        _sizeVariance = variances[1];
    }

    /// <summary>
    /// Writes every face whose score reaches the threshold, in pixels of the net's input and in the order of the anchors,
    /// and gives their number. When <paramref name="faces"/> is full, the rest is left out.
    /// </summary>
    /// <param name="boxes">float32 [1,A,4].</param>
    /// <param name="scores">float32 [1,A,2], index 1 is the face.</param>
    /// <param name="landmarks">float32 [1,A,10].</param>
    /// <param name="threshold">Lowest score, 0 to 1.</param>
    /// <param name="faces">Where the faces go.</param>
    /// <exception cref="ArgumentException">The outputs do not belong to these anchors.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Decode(ReadOnlySpan<float> boxes, ReadOnlySpan<float> scores, ReadOnlySpan<float> landmarks, float threshold, Span<DetectedFace> faces)
    {
        if (boxes.Length != _grid.Count * BoxLength || scores.Length != _grid.Count * ScoreLength || landmarks.Length != _grid.Count * LandmarksLength)
        {
            throw new ArgumentException($"The outputs ({boxes.Length}, {scores.Length}, {landmarks.Length} numbers) do not belong to {_grid.Count} anchors.");
        }

        var anchors = _grid.Anchors;
        var count = 0;
        for (var i = 0; i < anchors.Length && count < faces.Length; i++)
        {
            var score = scores[(i * ScoreLength) + 1];
            if (score >= threshold)
            {
                faces[count++] = Decode(anchors[i], boxes.Slice(i * BoxLength, BoxLength), score, landmarks.Slice(i * LandmarksLength, LandmarksLength));
            }
        }

        return count;
    }

    private DetectedFace Decode(Anchor anchor, ReadOnlySpan<float> box, float score, ReadOnlySpan<float> points)
    {
        var step = _centerVariance * anchor.Size;
        var centerX = anchor.CenterX + (box[0] * step);
        var centerY = anchor.CenterY + (box[1] * step);
        var halfWidth = anchor.Size * MathF.Exp(box[2] * _sizeVariance) * 0.5f;
        var halfHeight = anchor.Size * MathF.Exp(box[3] * _sizeVariance) * 0.5f;
        var center = new Vector2(anchor.CenterX, anchor.CenterY);
        return new DetectedFace(
            new Box(centerX - halfWidth, centerY - halfHeight, centerX + halfWidth, centerY + halfHeight),
            score,
            new FaceLandmarks(
                center + (new Vector2(points[0], points[1]) * step),
                center + (new Vector2(points[2], points[3]) * step),
                center + (new Vector2(points[4], points[5]) * step),
                center + (new Vector2(points[6], points[7]) * step),
                center + (new Vector2(points[8], points[9]) * step)));
    }
}
