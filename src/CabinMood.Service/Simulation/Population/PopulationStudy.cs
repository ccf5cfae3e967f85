using System.Diagnostics;
using CabinMood.Core.Conductor;
using CabinMood.Core.Songs;

namespace CabinMood.Service.Simulation.Population;

/// <summary>Drives the same population with several filters, so that they can be compared driver by driver.</summary>
public sealed class PopulationStudy(NoiseModel model, IReadOnlyList<Song> catalogue, PopulationPlan plan)
{
    /// <summary>One filter over the whole population, on the calling thread.</summary>
    /// <param name="name">What to call it.</param>
    /// <param name="options">The conductor's options, the filter among them.</param>
    /// <param name="progress">Gets the share done, 0 to 1.</param>
    /// <param name="cancellation">Stops between two drivers.</param>
    public FilterScore Score(string name, ConductorOptions options, Action<double>? progress = null, CancellationToken cancellation = default)
    {
        var conductor = new Conductor(options, catalogue);
        var tallies = new List<HourTally>(plan.Drivers);
        var start = Stopwatch.GetTimestamp();
        for (var driver = 0; driver < plan.Drivers; driver++)
        {
            cancellation.ThrowIfCancellationRequested();
            tallies.Add(SimulatedDrive.Run(conductor, model, plan, driver));
            progress?.Invoke((driver + 1.0) / plan.Drivers);
        }

        return FilterScore.Of(name, tallies, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    }
}
