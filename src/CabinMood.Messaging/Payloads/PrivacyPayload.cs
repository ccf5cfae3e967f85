using System.Text.Json;
using CabinMood.Core.Conductor.Publications;
using CabinMood.Core.Safety;

namespace CabinMood.Messaging.Payloads;

/// <summary>Payload of the privacy topic.</summary>
/// <param name="Ts">When.</param>
/// <param name="Camera">on or off.</param>
/// <param name="Consent">granted, withheld or withdrawn.</param>
/// <param name="Trip">The current trip, to be echoed by commands.</param>
/// <param name="EventLog">Whether numbers are logged for diagnosis.</param>
/// <param name="Notice">What people in the cabin must be told.</param>
public sealed record PrivacyPayload(string Ts, string Camera, string Consent, string Trip, bool EventLog, string Notice)
{
    /// <summary>From the conductor's words to the contract's.</summary>
    public static PrivacyPayload From(PrivacyPublication publication)
    {
        ArgumentNullException.ThrowIfNull(publication);
        return new(
            PayloadFormat.Time(publication.Utc),
            publication.CameraOn ? "on" : "off",
            WireNames<Consent>.Of(publication.Consent),
            publication.Trip,
            publication.EventLog,
            publication.Notice);
    }

    /// <summary>UTF-8 JSON.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, PayloadJson.Relaxed.PrivacyPayload);
}
