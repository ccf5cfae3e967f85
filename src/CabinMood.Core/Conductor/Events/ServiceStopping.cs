namespace CabinMood.Core.Conductor.Events;

/// <summary>The service is about to end: the camera closes, and what a restart needs is stored once more.</summary>
public sealed record ServiceStopping(Moment At) : ConductorEvent(At);
