using System.Text.Json;
using CabinMood.Core.Conductor.Publications;
using CabinMood.Core.Safety;

namespace CabinMood.Messaging.Payloads;

/// <summary>Payload of the limiter topic.</summary>
/// <param name="Ts">When.</param>
/// <param name="State">open or holding.</param>
/// <param name="Reason">Why it holds (<c>min-interval</c>); null when it is open.</param>
/// <param name="Until">When the hold ends by itself; null where that is not known.</param>
/// <param name="ChangesLastHour">Mood-driven changes in the last hour.</param>
/// <param name="Text">State and reason in one short line for people; names a signal that is stale.</param>
public sealed record LimiterPayload(string Ts, string State, string? Reason, string? Until, int ChangesLastHour, string Text)
{
    /// <summary>From the conductor's words to the contract's.</summary>
    public static LimiterPayload From(LimiterPublication publication)
    {
        ArgumentNullException.ThrowIfNull(publication);
        return new(
            PayloadFormat.Time(publication.Utc),
            publication.Reason is null ? "open" : "holding",
            publication.Reason is { } reason ? WireNames<HoldReason>.Of(reason) : null,
            PayloadFormat.Time(publication.Until),
            publication.ChangesLastHour,
            publication.Text);
    }

    /// <summary>UTF-8 JSON.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, PayloadJson.Relaxed.LimiterPayload);
}
