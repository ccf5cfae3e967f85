using CabinMood.Core.Faces;

namespace CabinMood.Vision.Detection;

/// <summary>Keeps one detection per face: the best, and of the others those that overlap no better one.</summary>
public static class NonMaximumSuppression
{
    /// <summary>Intersection over union above which two boxes are one face (the reference's nms_threshold).</summary>
    public const float SameFace = 0.4f;

    /// <summary>
    /// Sorts by score, best first, moves the kept faces to the front and gives their number. Allocates nothing.
    /// </summary>
    /// <param name="faces">The detections; their order and, behind the kept ones, their contents are changed.</param>
    /// <param name="overlap">Intersection over union above which the worse of two is dropped, 0 to 1.</param>
    public static int Apply(Span<DetectedFace> faces, float overlap = SameFace)
    {
        faces.Sort(BestFirst);
        var kept = 0;
        for (var i = 0; i < faces.Length; i++)
        {
            var box = faces[i].Box;
            var isNew = true;
            for (var j = 0; j < kept && isNew; j++)
            {
                isNew = box.IntersectionOverUnion(faces[j].Box) <= overlap;
            }

            if (isNew)
            {
                faces[kept++] = faces[i];
            }
        }

        return kept;
    }

    private static readonly Comparison<DetectedFace> BestFirst = static (one, other) => other.Score.CompareTo(one.Score);
}
