using CabinMood.Core.Conductor.Effects;

namespace CabinMood.Core.Conductor;

/// <summary>What one event led to.</summary>
/// <param name="State">The state after it.</param>
/// <param name="Effects">What the shell must do, in this order.</param>
public readonly record struct Transition(ConductorState State, IReadOnlyList<Effect> Effects);
