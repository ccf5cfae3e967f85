using CabinMood.Core.Moods;

namespace CabinMood.Service.Simulation.Drives;

/// <summary>What the driver of a drive really feels from a time on; a yardstick, never an event.</summary>
/// <param name="At">Monotonic.</param>
/// <param name="Mood">Unknown: nothing is judged from here on.</param>
public readonly record struct Truth(TimeSpan At, Mood Mood);
