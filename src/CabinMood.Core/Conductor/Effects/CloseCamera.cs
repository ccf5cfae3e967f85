namespace CabinMood.Core.Conductor.Effects;

/// <summary>Close the camera now; answered by <see cref="Events.CameraChanged"/>.</summary>
public sealed record CloseCamera : Effect;
