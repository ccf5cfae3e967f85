using CabinMood.Core.Safety;

namespace CabinMood.Core.Conductor.Events;

/// <summary>The availability topic behind an on-change signal changed.</summary>
public sealed record SignalSourceChanged(Moment At, VehicleSignal Signal, bool IsOnline) : ConductorEvent(At);
