namespace CabinMood.Core.Songs;

/// <summary>A song that was played.</summary>
/// <param name="SongId">Which.</param>
/// <param name="At">Monotonic time of its choice; a run before this one counts as long ago.</param>
public readonly record struct Play(string SongId, TimeSpan At)
{
    /// <summary>Before this run.</summary>
    public static TimeSpan LongAgo { get; } = TimeSpan.MinValue;

    /// <summary>Whether it was played within the hour before an instant.</summary>
    internal bool IsWithinHourBefore(TimeSpan now) => At != LongAgo && now - At < TimeSpan.FromHours(1);
}
