namespace CabinMood.Core.Conductor.Commands;

/// <summary>How long an override holds: to the end of the trip, of the song, or for a duration.</summary>
/// <param name="Kind">Which of the three.</param>
/// <param name="Duration">Only with <see cref="OverrideSpanKind.Duration"/>; above zero.</param>
public readonly record struct OverrideSpan(OverrideSpanKind Kind, TimeSpan Duration = default)
{
    /// <summary>Until the trip ends.</summary>
    public static OverrideSpan Trip { get; } = new(OverrideSpanKind.Trip);

    /// <summary>Until the next song begins.</summary>
    public static OverrideSpan Song { get; } = new(OverrideSpanKind.Song);

    /// <summary>For a duration.</summary>
    public static OverrideSpan For(TimeSpan duration) => new(OverrideSpanKind.Duration, duration);
}
