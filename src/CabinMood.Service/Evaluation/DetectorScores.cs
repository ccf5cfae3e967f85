using CabinMood.Core.Faces;

namespace CabinMood.Service.Evaluation;

/// <summary>Counts found, missed and invented faces over pictures with known truth.</summary>
public sealed class DetectorScores(float minFacePx)
{
    // The field's usual threshold for "the same face".
    private const float SameFace = 0.5f;

    /// <summary>Pictures looked at.</summary>
    public int Pictures { get; private set; }

    /// <summary>Faces of the truth that count: at least the least size.</summary>
    public int Faces { get; private set; }

    /// <summary>Faces found.</summary>
    public int Found { get; private set; }

    /// <summary>Detections that match no face of the truth, however small, and no invalid one.</summary>
    public int FalseAlarms { get; private set; }

    /// <summary>Share of faces found, 0 to 1.</summary>
    public double Recall => Faces > 0 ? Found / (double)Faces : 0;

    /// <summary>Share of detections that are faces, 0 to 1; matches with faces too small to count are left out.</summary>
    public double Precision => Found + FalseAlarms > 0 ? Found / (double)(Found + FalseAlarms) : 0;

    /// <summary>False alarms per picture.</summary>
    public double FalseAlarmsPerPicture => Pictures > 0 ? FalseAlarms / (double)Pictures : 0;

    /// <summary>Adds one picture. Detections are matched in order of score, each face once; those of invalid faces do not count.</summary>
    public void Add(IReadOnlyList<Box> truth, IReadOnlyList<Box> invalid, IEnumerable<DetectedFace> detections)
    {
        Pictures++;
        Faces += truth.Count(Counts);
        var taken = new bool[truth.Count];
        foreach (var detection in detections.OrderByDescending(face => face.Score))
        {
            var best = -1;
            for (var i = 0; i < truth.Count; i++)
            {
                var overlap = taken[i] ? 0 : detection.Box.IntersectionOverUnion(truth[i]);
                if (overlap >= SameFace && (best < 0 || overlap > detection.Box.IntersectionOverUnion(truth[best])))
                {
                    best = i;
                }
            }

            if (best < 0)
            {
                FalseAlarms += invalid.Any(box => detection.Box.IntersectionOverUnion(box) >= SameFace) ? 0 : 1;
                continue;
            }

            taken[best] = true;
            Found += Counts(truth[best]) ? 1 : 0;
        }
    }

    private bool Counts(Box face) => MathF.Min(face.Width, face.Height) >= minFacePx;
}
