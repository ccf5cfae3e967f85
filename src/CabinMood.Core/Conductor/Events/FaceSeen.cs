using CabinMood.Core.Faces;

namespace CabinMood.Core.Conductor.Events;

/// <summary>Perception looked at a frame.</summary>
public sealed record FaceSeen(Moment At, FaceObservation Observation) : ConductorEvent(At);
