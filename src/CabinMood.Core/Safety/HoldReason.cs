namespace CabinMood.Core.Safety;

/// <summary>Why nothing may change. On MQTT in kebab case (<c>min-interval</c>).</summary>
public enum HoldReason
{
    /// <summary>Consent is withheld or withdrawn.</summary>
    Consent,

    /// <summary>The camera is closed.</summary>
    CameraOff,

    /// <summary>The commercial profile: no emotion inference at all.</summary>
    CommercialProfile,

    /// <summary>The driver's own wish holds.</summary>
    OverrideActive,

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

    /// <summary>A fitted signal is stale, missing or absurd.</summary>
    StaleSignal,

    /// <summary>The driver is tired, and the mood's target would make it worse.</summary>
    Fatigue,

    /// <summary>The last change was too recent.</summary>
    MinInterval,

    /// <summary>The camera has not seen enough yet.</summary>
    NotEnoughEvidence,

    /// <summary>What it has seen does not agree with itself.</summary>
    LowConfidence,

    /// <summary>A change is due and waits for the end of the track.</summary>
    TrackBoundary,

    /// <summary>The driver has had all the changes that a trip allows.</summary>
    DriverChangeBudget,
}
