namespace CabinMood.Core.Conductor.Effects;

/// <summary>Remove everything learned about the driver; answered by <see cref="Events.CommandCommitted"/>.</summary>
/// <param name="CommandId">The command that waits for it.</param>
/// <param name="Remembered">The same command, to remember where it can be; erasing must not depend on that.</param>
public sealed record EraseDriverData(string CommandId, RememberedCommand Remembered) : Effect;
