namespace CabinMood.Vision.Detection;

/// <summary>A square to which the detector's answers are relative, in pixels of the net's input.</summary>
/// <param name="CenterX">Horizontal centre.</param>
/// <param name="CenterY">Vertical centre.</param>
/// <param name="Size">Edge length.</param>
public readonly record struct Anchor(float CenterX, float CenterY, float Size);
