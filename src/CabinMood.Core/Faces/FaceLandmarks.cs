using System.Numerics;

namespace CabinMood.Core.Faces;

/// <summary>
/// The five landmarks that RetinaFace gives, in pixels of the same image as the face's box.
/// Left and right are the image's, not the person's: <c>LeftEye</c> is the eye further left in the picture.
/// </summary>
public readonly record struct FaceLandmarks(
    Vector2 LeftEye,
    Vector2 RightEye,
    Vector2 Nose,
    Vector2 LeftMouthCorner,
    Vector2 RightMouthCorner)
{
    /// <summary>Distance between the eyes in pixels: the field's unit for landmark errors.</summary>
    public float InterEyeDistance => Vector2.Distance(LeftEye, RightEye);

    /// <summary>The same points, moved by an offset in pixels.</summary>
    public FaceLandmarks Translate(Vector2 offset) => new(
        LeftEye + offset, RightEye + offset, Nose + offset, LeftMouthCorner + offset, RightMouthCorner + offset);
}
