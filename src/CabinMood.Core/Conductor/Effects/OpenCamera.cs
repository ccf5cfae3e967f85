namespace CabinMood.Core.Conductor.Effects;

/// <summary>Open the camera; answered by <see cref="Events.CameraChanged"/>.</summary>
/// <param name="Opening">Which opening this is: what is seen through it names it.</param>
public sealed record OpenCamera(long Opening) : Effect;
