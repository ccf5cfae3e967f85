namespace CabinMood.Core.Conductor.Effects;

/// <summary>Store style and taste; answered by <see cref="Events.CommandCommitted"/>.</summary>
public sealed record SaveDriver(DriverSettings Settings, string CommandId) : Effect;
