namespace CabinMood.Core.Conductor.Commands;

/// <summary>Opens or closes the camera. Opening must name the current trip; closing always applies.</summary>
/// <param name="Id">See <see cref="Command"/>.</param>
/// <param name="On">Whether the camera may be open.</param>
/// <param name="Trip">The trip it is opened for; null is allowed when closing.</param>
public sealed record SetCamera(string Id, bool On, string? Trip) : Command(Id);
