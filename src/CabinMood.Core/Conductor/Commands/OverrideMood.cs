using CabinMood.Core.Moods;

namespace CabinMood.Core.Conductor.Commands;

/// <summary>The driver names a mood. Wins at once over everything the camera says.</summary>
/// <param name="Id">See <see cref="Command"/>.</param>
/// <param name="Source">How the driver asked.</param>
/// <param name="Trip">The trip this was meant for.</param>
/// <param name="Mood">The wish; never <see cref="Mood.Unknown"/>.</param>
/// <param name="Span">How long it holds.</param>
public sealed record OverrideMood(string Id, CommandSource Source, string Trip, Mood Mood, OverrideSpan Span) : Command(Id);
