using System.Text.Json;
using CabinMood.Core.Conductor.Publications;

namespace CabinMood.Messaging.Payloads;

/// <summary>Payload of the reply topic.</summary>
/// <param name="Id">The command's id.</param>
/// <param name="Status">ok, error or superseded.</param>
/// <param name="Error">Why not; null unless the status is error.</param>
/// <param name="Ts">When.</param>
public sealed record ReplyPayload(string Id, string Status, string? Error, string Ts)
{
    /// <summary>From the conductor's words to the contract's.</summary>
    public static ReplyPayload From(ReplyPublication publication)
    {
        ArgumentNullException.ThrowIfNull(publication);
        return new(
            publication.Id,
            WireNames<ReplyStatus>.Of(publication.Status),
            publication.Error,
            PayloadFormat.Time(publication.Utc));
    }

    /// <summary>UTF-8 JSON.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, PayloadJson.Relaxed.ReplyPayload);
}
