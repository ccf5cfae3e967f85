namespace CabinMood.Core.Faces;

/// <summary>One face as the detector gave it.</summary>
/// <param name="Box">Where it is, in pixels of the frame.</param>
/// <param name="Score">The detector's confidence, 0 to 1.</param>
/// <param name="Landmarks">Five points, in pixels of the frame.</param>
public readonly record struct DetectedFace(Box Box, float Score, FaceLandmarks Landmarks);
