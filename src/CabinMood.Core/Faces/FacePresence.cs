namespace CabinMood.Core.Faces;

/// <summary>What the camera sees in the driver's zone.</summary>
public enum FacePresence
{
    /// <summary>Nobody.</summary>
    Absent,

    /// <summary>The driver's face.</summary>
    Present,

    /// <summary>The view itself is blocked: a covered lens, darkness, or blinding light. Says nothing about who sits there.</summary>
    Obscured,
}
