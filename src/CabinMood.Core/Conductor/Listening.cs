using System.Collections.Immutable;
using CabinMood.Core.Songs;
using CabinMood.Core.Songs.Learning;

namespace CabinMood.Core.Conductor;

/// <summary>What the driver has heard and how it was taken.</summary>
public sealed record Listening
{
    /// <summary>Nothing heard.</summary>
    public static Listening Nothing { get; } = new();

    /// <summary>The taste as learned so far.</summary>
    public Preferences Learned { get; init; } = Preferences.None;

    /// <summary>Songs played, oldest first; as many as novelty and the no-repeat rule look back.</summary>
    public ImmutableList<Play> History { get; init; } = [];

    /// <summary>What each of the last choices taught: a later word about the same choice replaces an earlier one.</summary>
    public ImmutableDictionary<string, Lesson> Lessons { get; init; } = ImmutableDictionary.Create<string, Lesson>(StringComparer.Ordinal);

    /// <summary>Lessons from feedback that is not on disk yet, by command: they are taken back when it cannot be stored.</summary>
    public ImmutableDictionary<string, UnstoredLesson> Unstored { get; init; } = ImmutableDictionary.Create<string, UnstoredLesson>(StringComparer.Ordinal);

    /// <summary>Monotonic time at which the target last turned, by the driver's wish or by the mood; null before.</summary>
    public TimeSpan? TurnedAt { get; init; }

    /// <summary>The choice skipped last, as long as a wish may still say that the mood was wrong and not the song.</summary>
    public string? SkippedChoice { get; init; }

    /// <summary>Monotonic time of that skip.</summary>
    public TimeSpan SkippedAt { get; init; }

    /// <summary>What a restart needs of this.</summary>
    public DriverMemory Memory => new(
        Learned,
        [.. History.Skip(Math.Max(0, History.Count - DriverMemory.PlayedKept)).Select(play => play.SongId)]);

    /// <summary>What an earlier run remembered.</summary>
    public static Listening From(DriverMemory memory) => new()
    {
        Learned = memory.Preferences,
        History = [.. memory.Played.Select(id => new Play(id, Play.LongAgo))],
    };
}
