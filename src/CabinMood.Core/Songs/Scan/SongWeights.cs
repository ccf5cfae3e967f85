using CabinMood.Core.Songs.Catalogue;

namespace CabinMood.Core.Songs.Scan;

/// <summary>
/// What makes a song score, for one listener in one situation: nearness to the target, a height over each cell of the
/// valence/energy plane, and a straight line over each <see cref="SoundColumn"/>. That is all a learned taste comes down
/// to once mood, style and time of day are fixed, and why a million songs can be scored in milliseconds.
/// </summary>
internal sealed class SongWeights
{
    /// <summary>The target.</summary>
    internal required TargetPoint Target { get; init; }

    /// <summary>Lost per squared unit of distance from the target.</summary>
    internal required float DistanceCost { get; init; }

    /// <summary>Scored by every song.</summary>
    internal float Constant { get; init; }

    /// <summary>Added by each of the <see cref="PlaneCells"/>.</summary>
    internal float[] Plane { get; init; } = new float[PlaneCells.Count];

    /// <summary>Per step of each sound column's byte.</summary>
    internal float[] Sounds { get; } = new float[SoundColumns.Count];

    /// <summary>The score of one song.</summary>
    internal float ScoreOf(SongCatalogue songs, int index)
    {
        var valence = songs.Valence[index] - Target.Valence;
        var energy = songs.Energy[index] - Target.Energy;
        var score = Constant - DistanceCost * (valence * valence + energy * energy) + Plane[songs.Cells[index]];
        for (var column = 0; column < Sounds.Length; column++)
        {
            score += Sounds[column] * songs.Sound((SoundColumn)column)[index];
        }

        return score;
    }
}
