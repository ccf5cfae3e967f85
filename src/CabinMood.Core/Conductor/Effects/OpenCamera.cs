namespace CabinMood.Core.Conductor.Effects;

/// <summary>Open the camera; answered by <see cref="Events.CameraChanged"/>.</summary>
public sealed record OpenCamera : Effect;
