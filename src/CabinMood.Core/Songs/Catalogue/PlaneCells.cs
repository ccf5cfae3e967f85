namespace CabinMood.Core.Songs.Catalogue;

/// <summary>
/// The valence/energy plane in 32 x 32 cells. What a listener likes where on the plane can be of any shape; computed once
/// for each cell, it is one look into a small table for each song.
/// </summary>
internal static class PlaneCells
{
    /// <summary>How many there are.</summary>
    internal const int Count = Side * Side;

    private const int Side = 32;

    /// <summary>The cell that a song lies in.</summary>
    internal static ushort Of(float valence, float energy) => (ushort)(Place(valence) * Side + Place(energy));

    /// <summary>A cell's middle.</summary>
    internal static (double Valence, double Energy) MiddleOf(int cell) => ((cell / Side + 0.5) / Side, (cell % Side + 0.5) / Side);

    /// <summary>How near a song of a cell can lie to a point, squared; cells at the edge also hold what lies beyond.</summary>
    internal static double SquaredDistance(int cell, TargetPoint point)
    {
        var valence = DistanceAlong(cell / Side, point.Valence);
        var energy = DistanceAlong(cell % Side, point.Energy);
        return valence * valence + energy * energy;
    }

    private static double DistanceAlong(int place, double value)
    {
        var below = place == 0 ? 0 : Math.Max(0, (double)place / Side - value);
        var above = place == Side - 1 ? 0 : Math.Max(0, value - (place + 1.0) / Side);
        return below + above;
    }

    private static int Place(float value) => Math.Clamp((int)(value * Side), 0, Side - 1);
}
