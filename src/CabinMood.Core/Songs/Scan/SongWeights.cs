using CabinMood.Core.Songs.Catalogue;

namespace CabinMood.Core.Songs.Scan;

/// <summary>
/// What makes a song score, for one listener in one situation: a parabola over the valence/energy plane around the
/// target, and a straight line over each <see cref="SoundColumn"/>. That is all a learned taste comes down to once mood,
/// style and time of day are fixed, and why a million songs can be scored in milliseconds.
/// </summary>
internal sealed class SongWeights
{
    /// <summary>The target.</summary>
    internal required TargetPoint Target { get; init; }

    /// <summary>Scored by every song.</summary>
    internal float Constant { get; init; }

    /// <summary>Per unit of valence above the target.</summary>
    internal float Valence { get; init; }

    /// <summary>Per squared unit of valence off the target; below zero where distance costs.</summary>
    internal float ValenceSquared { get; init; }

    /// <summary>Per unit of energy above the target.</summary>
    internal float Energy { get; init; }

    /// <summary>Per squared unit of energy off the target.</summary>
    internal float EnergySquared { get; init; }

    /// <summary>Per step of each sound column's byte.</summary>
    internal float[] Sounds { get; } = new float[SoundColumns.Count];

    /// <summary>The score of one song; the kernels do the same for many.</summary>
    internal float ScoreOf(SongCatalogue songs, int index)
    {
        var valence = songs.Valence[index] - Target.Valence;
        var energy = songs.Energy[index] - Target.Energy;
        var score = Constant + valence * (Valence + valence * ValenceSquared) + energy * (Energy + energy * EnergySquared);
        for (var column = 0; column < Sounds.Length; column++)
        {
            score += Sounds[column] * songs.Sound((SoundColumn)column)[index];
        }

        return score;
    }
}
