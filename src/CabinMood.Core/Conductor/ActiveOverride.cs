using CabinMood.Core.Conductor.Commands;
using CabinMood.Core.Moods;

namespace CabinMood.Core.Conductor;

/// <summary>The driver's own wish while it holds.</summary>
/// <param name="CommandId">Who asked: gets a second reply when superseded.</param>
/// <param name="Mood">The wish.</param>
/// <param name="Kind">What ends it.</param>
/// <param name="Until">Monotonic end, with <see cref="OverrideSpanKind.Duration"/>.</param>
public sealed record ActiveOverride(string CommandId, Mood Mood, OverrideSpanKind Kind, TimeSpan Until);
