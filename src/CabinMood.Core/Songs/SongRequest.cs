using System.Collections.Immutable;
using CabinMood.Core.Moods;

namespace CabinMood.Core.Songs;

/// <summary>What the chooser is asked for.</summary>
/// <param name="Mood">The target mood.</param>
/// <param name="Style">The driver's style.</param>
/// <param name="Taste">The driver's taste.</param>
/// <param name="IsMoving">Whether the caps for a moving car apply.</param>
/// <param name="IsTired">Whether the bounds for a tired driver apply.</param>
/// <param name="IsDriversWish">The driver named this mood: a tired driver's bounds give way to it.</param>
/// <param name="RecentSongIds">Songs already played, oldest first.</param>
/// <param name="Seed">The only source of randomness.</param>
public sealed record SongRequest(
    Mood Mood,
    Style Style,
    Taste Taste,
    bool IsMoving,
    bool IsTired,
    bool IsDriversWish,
    ImmutableList<string> RecentSongIds,
    ulong Seed);
