using CabinMood.Core.Faces;

namespace CabinMood.Core.Conductor.Events;

/// <summary>Perception looked at a frame.</summary>
/// <param name="At">When.</param>
/// <param name="Observation">What was seen.</param>
/// <param name="Opening">The opening of the camera through which it was seen; frames of an earlier one do not count.</param>
public sealed record FaceSeen(Moment At, FaceObservation Observation, long Opening) : ConductorEvent(At);
