using System.Collections.Immutable;
using CabinMood.Core.Moods;
using CabinMood.Core.Songs.Learning;

namespace CabinMood.Core.Songs;

/// <summary>What the chooser is asked for.</summary>
/// <param name="Mood">The target mood.</param>
/// <param name="Style">The driver's style.</param>
/// <param name="Taste">The driver's taste, as told.</param>
/// <param name="IsMoving">Whether the caps for a moving car apply.</param>
/// <param name="IsTired">Whether the bounds for a tired driver apply.</param>
/// <param name="IsDriversWish">The driver named this mood: a tired driver's bounds give way to it.</param>
/// <param name="History">Songs already played, oldest first.</param>
/// <param name="Seed">The only source of randomness.</param>
public sealed record SongRequest(
    Mood Mood,
    Style Style,
    Taste Taste,
    bool IsMoving,
    bool IsTired,
    bool IsDriversWish,
    ImmutableList<Play> History,
    ulong Seed)
{
    /// <summary>Monotonic time, for what was played within the last hour.</summary>
    public TimeSpan Now { get; init; }

    /// <summary>The quarter of the day.</summary>
    public Daypart Daypart { get; init; }

    /// <summary>A song that was announced: it is chosen if the rules still let it. Null for none.</summary>
    public string? PreparedSongId { get; init; }

    /// <summary>The driver's taste, as learned.</summary>
    public Preferences Learned { get; init; } = Preferences.None;
}
