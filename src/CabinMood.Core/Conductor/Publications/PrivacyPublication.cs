using CabinMood.Core.Safety;

namespace CabinMood.Core.Conductor.Publications;

/// <summary>The privacy topic.</summary>
/// <param name="Utc">Wall time.</param>
/// <param name="CameraOn">True from the moment the device is being opened until it is really closed.</param>
/// <param name="Consent">State of consent.</param>
/// <param name="Trip">The current trip, to be echoed when granting.</param>
/// <param name="EventLog">Whether numbers are being logged for diagnosis.</param>
/// <param name="Notice">What people in the cabin must be told.</param>
public sealed record PrivacyPublication(
    DateTimeOffset Utc,
    bool CameraOn,
    Consent Consent,
    string Trip,
    bool EventLog,
    string Notice) : Publication(Utc);
