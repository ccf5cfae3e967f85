using CabinMood.Core.Songs.Learning;

namespace CabinMood.Core.Conductor.Effects;

/// <summary>Store what was learned; nobody waits for it.</summary>
public sealed record SaveMemory(DriverMemory Memory) : Effect;
