namespace CabinMood.Core.Conductor.Effects;

/// <summary>Remove everything learned about the driver; answered by <see cref="Events.CommandCommitted"/>.</summary>
/// <param name="CommandId">The command that waits for it.</param>
/// <param name="Remembered">The same command, to remember once all is erased; that it can be remembered is no condition.</param>
public sealed record EraseDriverData(string CommandId, RememberedCommand Remembered) : Effect;
