namespace CabinMood.Core.Conductor.Events;

/// <summary>The camera is really open, or really closed.</summary>
public sealed record CameraChanged(Moment At, bool IsOpen) : ConductorEvent(At);
