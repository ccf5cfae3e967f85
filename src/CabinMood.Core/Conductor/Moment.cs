namespace CabinMood.Core.Conductor;

/// <summary>
/// When an event reached the conductor. Durations are computed from <paramref name="Elapsed"/> alone, which never
/// jumps; <paramref name="Utc"/> only goes into payloads and rows.
/// </summary>
/// <param name="Elapsed">Monotonic time since the service started.</param>
/// <param name="Utc">Wall-clock time.</param>
public readonly record struct Moment(TimeSpan Elapsed, DateTimeOffset Utc);
