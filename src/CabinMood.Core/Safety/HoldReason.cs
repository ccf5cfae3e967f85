namespace CabinMood.Core.Safety;

/// <summary>
/// Why nothing may change. On MQTT in kebab case (<c>min-interval</c>). In the order in which they are told: when
/// several hold, the first one is.
/// </summary>
public enum HoldReason
{
    /// <summary>The commercial profile: no emotion inference at all.</summary>
    CommercialProfile,

    /// <summary>The driver's own wish holds.</summary>
    OverrideActive,

    /// <summary>Consent is withheld or withdrawn.</summary>
    Consent,

    /// <summary>The driver closed the camera.</summary>
    CameraOff,

    /// <summary>The driver-monitoring system warns.</summary>
    DmsWarning,

    /// <summary>ABS or ESC is engaged.</summary>
    StabilityControl,

    /// <summary>Reverse gear.</summary>
    Reverse,

    /// <summary>A phone call.</summary>
    Call,

    /// <summary>A navigation prompt.</summary>
    Navigation,

    /// <summary>A fitted signal is missing, stale, absurd or only retained.</summary>
    StaleSignal,

    /// <summary>The last change, or the start, was too recent.</summary>
    MinInterval,

    /// <summary>The mood-driven changes that an hour allows are used up; with the profile parked moods change nothing while the car moves.</summary>
    DriverChangeBudget,

    /// <summary>The camera has not seen enough yet.</summary>
    NotEnoughEvidence,

    /// <summary>What it has seen does not agree with itself.</summary>
    LowConfidence,

    /// <summary>The driver is tired, and the mood's target would make it worse.</summary>
    Fatigue,

    /// <summary>A change is decided and waits for the end of the track.</summary>
    TrackBoundary,
}
