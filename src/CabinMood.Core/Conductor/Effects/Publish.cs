using CabinMood.Core.Conductor.Publications;

namespace CabinMood.Core.Conductor.Effects;

/// <summary>Tell the head unit.</summary>
public sealed record Publish(Publication Publication) : Effect;
