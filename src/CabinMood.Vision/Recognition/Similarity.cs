using System.Numerics;
using CabinMood.Core.Faces;

namespace CabinMood.Vision.Recognition;

/// <summary>
/// A turn, a scale and a shift: (x, y) becomes (Cos x - Sin y + ShiftX, Sin x + Cos y + ShiftY), where Cos and Sin carry
/// the scale.
/// </summary>
internal readonly record struct Similarity(float Cos, float Sin, float ShiftX, float ShiftY)
{
    /// <summary>How much longer distances become.</summary>
    public float Scale => MathF.Sqrt((Cos * Cos) + (Sin * Sin));

    /// <summary>
    /// The similarity that brings the landmarks closest to the template in the sense of least squares, without mirroring
    /// (Umeyama 1991; in two dimensions the singular value decomposition has this closed form).
    /// </summary>
    public static Similarity Between(FaceLandmarks landmarks, ReadOnlySpan<Vector2> template)
    {
        ReadOnlySpan<Vector2> points =
            [landmarks.LeftEye, landmarks.RightEye, landmarks.Nose, landmarks.LeftMouthCorner, landmarks.RightMouthCorner];
        var pointCenter = Mean(points);
        var templateCenter = Mean(template);
        var (norm, dot, cross) = (0f, 0f, 0f);
        for (var i = 0; i < points.Length; i++)
        {
            var point = points[i] - pointCenter;
            var target = template[i] - templateCenter;
            norm += point.LengthSquared();
            dot += Vector2.Dot(point, target);
            cross += (point.X * target.Y) - (point.Y * target.X);
        }

        // Five landmarks in one place are no face; any scale serves, as long as it is finite.
        norm = MathF.Max(norm, 1e-3f);
        var (cos, sin) = (dot / norm, cross / norm);
        return new Similarity(
            cos,
            sin,
            templateCenter.X - (cos * pointCenter.X) + (sin * pointCenter.Y),
            templateCenter.Y - (sin * pointCenter.X) - (cos * pointCenter.Y));
    }

    /// <summary>The way back.</summary>
    public Similarity Inverse()
    {
        var square = MathF.Max((Cos * Cos) + (Sin * Sin), 1e-12f);
        var (cos, sin) = (Cos / square, -Sin / square);
        return new Similarity(cos, sin, -((cos * ShiftX) - (sin * ShiftY)), -((sin * ShiftX) + (cos * ShiftY)));
    }

    /// <summary>Moves a point.</summary>
    public Vector2 Apply(Vector2 point) => new(
        (Cos * point.X) - (Sin * point.Y) + ShiftX,
        (Sin * point.X) + (Cos * point.Y) + ShiftY);

    private static Vector2 Mean(ReadOnlySpan<Vector2> points)
    {
        var sum = Vector2.Zero;
        foreach (var point in points)
        {
            sum += point;
        }

        return sum / points.Length;
    }
}
