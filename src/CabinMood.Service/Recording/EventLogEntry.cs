using CabinMood.Core.Conductor;
using CabinMood.Core.Conductor.Events;

namespace CabinMood.Service.Recording;

/// <summary>One step of the conductor on its way into the event log. Everything in it is immutable.</summary>
/// <param name="Event">What happened.</param>
/// <param name="Before">The state before; null at the start.</param>
/// <param name="Transition">What followed.</param>
/// <param name="LostBefore">Steps before this one that found the queue full.</param>
internal readonly record struct EventLogEntry(ConductorEvent Event, ConductorState? Before, Transition Transition, long LostBefore);
