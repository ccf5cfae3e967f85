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
/// <param name="AtTrackBoundary">Whether a track is just ending.</param>
public readonly record struct LimiterQuestion(
    TimeSpan Now,
    Consent Consent,
    bool CameraAllowed,
    bool OverrideActive,
    VehicleState Vehicle,
    MoodEstimate Mood,
    Mood Target,
    ChangeHistory Changes,
    bool AtTrackBoundary);
