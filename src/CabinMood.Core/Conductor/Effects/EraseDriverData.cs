namespace CabinMood.Core.Conductor.Effects;

/// <summary>Remove everything learned about the driver; answered by <see cref="Events.CommandCommitted"/>.</summary>
public sealed record EraseDriverData(string CommandId) : Effect;
