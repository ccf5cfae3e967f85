using CabinMood.Core.Conductor;
using CabinMood.Core.Conductor.Effects;
using CabinMood.Core.Conductor.Events;

namespace CabinMood.Core.Tests.Properties;

/// <summary>Knows whether a restart found what was last given to the disk, or the disk had lost it.</summary>
internal sealed class DiskWitness
{
    private TripRecord? _newest;

    /// <summary>Takes note of a step.</summary>
    /// <returns>The record of a start that found less than the run before wanted stored: that is all it can know. Null otherwise.</returns>
    public TripRecord? OlderRecord(Drive.Step step)
    {
        var older = step.Event is ServiceStarted { Stored: { } stored } && !ReferenceEquals(stored, _newest) ? stored : null;
        _newest = step.Effects.OfType<SaveTrip>().LastOrDefault()?.Record ?? older ?? _newest;
        return older;
    }
}
