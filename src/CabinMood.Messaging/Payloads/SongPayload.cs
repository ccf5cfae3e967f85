using System.Text.Json;
using CabinMood.Core.Conductor.Publications;

namespace CabinMood.Messaging.Payloads;

/// <summary>Payload of the song topic.</summary>
/// <param name="Ts">When.</param>
/// <param name="ChoiceId">Names this choice in feedback and player messages.</param>
/// <param name="Song">The song to play now.</param>
/// <param name="GainDb">0 or less.</param>
/// <param name="Why">Why this song.</param>
/// <param name="Next">Up to three that would come next.</param>
public sealed record SongPayload(
    string Ts,
    string ChoiceId,
    SongEntry Song,
    double GainDb,
    SongWhy Why,
    IReadOnlyList<SongEntry> Next)
{
    /// <summary>From the conductor's words to the contract's.</summary>
    public static SongPayload From(SongPublication publication)
    {
        ArgumentNullException.ThrowIfNull(publication);
        return new(
            PayloadFormat.Time(publication.Utc),
            publication.ChoiceId,
            SongEntry.From(publication.Song),
            PayloadFormat.Number(publication.GainDb),
            SongWhy.From(publication.Why),
            [.. publication.Next.Select(SongEntry.From)]);
    }

    /// <summary>UTF-8 JSON.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, PayloadJson.Relaxed.SongPayload);
}
