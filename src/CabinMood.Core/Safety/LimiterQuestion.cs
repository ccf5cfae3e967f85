using CabinMood.Core.Moods;

namespace CabinMood.Core.Safety;

/// <summary>All that the limiter looks at when asked whether the mood may change the music now.</summary>
/// <param name="Now">Monotonic time.</param>
/// <param name="Consent">State of consent.</param>
/// <param name="CameraAllowed">False when the driver closed the camera.</param>
/// <param name="OverrideActive">The driver's own wish holds.</param>
/// <param name="Vehicle">The vehicle's signals.</param>
/// <param name="Mood">The estimate.</param>
/// <param name="Target">The mood that the music follows now.</param>
/// <param name="Changes">When changes happened.</param>
/// <param name="MayChangeNow">A track is just ending, or this change need not wait for that.</param>
public readonly record struct LimiterQuestion(
    TimeSpan Now,
    Consent Consent,
    bool CameraAllowed,
    bool OverrideActive,
    VehicleState Vehicle,
    MoodEstimate Mood,
    Mood Target,
    ChangeHistory Changes,
    bool MayChangeNow)
{
    /// <summary>Monotonic end of the driver's wish; null when it has no time of its own.</summary>
    public TimeSpan? OverrideUntil { get; init; }

    /// <summary>Monotonic end of the track; null while that is not known.</summary>
    public TimeSpan? TrackEndsAt { get; init; }
}
