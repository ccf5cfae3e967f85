namespace CabinMood.Core.Conductor.Effects;

/// <summary>Store style and taste; answered by <see cref="Events.CommandCommitted"/>.</summary>
/// <param name="Settings">What to store.</param>
/// <param name="CommandId">The command that waits for the commit.</param>
/// <param name="Remembered">The same command, to remember with it, both or neither.</param>
public sealed record SaveDriver(DriverSettings Settings, string CommandId, RememberedCommand Remembered) : Effect;
