using CabinMood.Core.Safety;

namespace CabinMood.Core.Conductor.Events;

/// <summary>A vehicle signal arrived and could not be read: fails closed, as if it were missing.</summary>
public sealed record SignalUnreadable(Moment At, VehicleSignal Signal) : ConductorEvent(At);
