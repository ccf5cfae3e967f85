using CabinMood.Core.Conductor.Publications;

namespace CabinMood.Core.Conductor;

/// <summary>What each topic was last told.</summary>
/// <param name="Mood">The mood topic.</param>
/// <param name="MoodAt">Monotonic time of the mood publication.</param>
/// <param name="Limiter">The limiter topic.</param>
/// <param name="LimiterAt">Monotonic time of the limiter publication.</param>
/// <param name="Privacy">The privacy topic.</param>
public sealed record LastPublished(
    MoodPublication? Mood = null,
    TimeSpan MoodAt = default,
    LimiterPublication? Limiter = null,
    TimeSpan LimiterAt = default,
    PrivacyPublication? Privacy = null);
