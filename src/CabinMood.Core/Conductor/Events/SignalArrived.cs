using CabinMood.Core.Safety;

namespace CabinMood.Core.Conductor.Events;

/// <summary>A vehicle signal arrived and could be read.</summary>
public sealed record SignalArrived(Moment At, VehicleSignal Signal, SignalSample Sample) : ConductorEvent(At);
