using CabinMood.Service.Simulation.Decisions;
using CabinMood.Service.Simulation.Drives;

namespace CabinMood.Service.Simulation;

/// <summary>What came of a drive.</summary>
/// <param name="Drive">What was played.</param>
/// <param name="Decisions">In order.</param>
/// <param name="Totals">Summed up.</param>
/// <param name="Due">How many of the decisions a recording must have before its gap; all of them when it is whole.</param>
public sealed record SimulationResult(Drive Drive, IReadOnlyList<Decision> Decisions, Totals Totals, int Due)
{
    /// <summary>The author's expectations that were not met.</summary>
    public IReadOnlyList<Expectation> Missed => [.. Drive.Expectations.Where(expected => !expected.IsMetBy(Decisions))];

    /// <summary>
    /// Compares with what the live service decided, up to the recording's gap where it has one.
    /// </summary>
    /// <returns>Null when every line is the same, byte for byte; else the first difference, in one line.</returns>
    public string? FirstDifference()
    {
        var recorded = Drive.Decisions;
        for (var i = 0; i < Math.Max(Drive.DecisionsBeforeGap, Due); i++)
        {
            var mine = i < Decisions.Count ? Decisions[i].ToLine() : "nothing more";
            if (i >= Drive.DecisionsBeforeGap)
            {
                return $"after the last recorded decision: simulated {mine}";
            }

            if (recorded[i].Text != mine)
            {
                return $"line {recorded[i].Line}: recorded {recorded[i].Text}, simulated {mine}";
            }
        }

        return null;
    }
}
