using System.Text.Json;
using System.Text.Json.Serialization;
using CabinMood.Core.Conductor.Publications;
using CabinMood.Core.Faces;
using CabinMood.Core.Moods;

namespace CabinMood.Messaging.Payloads;

/// <summary>Payload of the mood topic.</summary>
/// <param name="Ts">When.</param>
/// <param name="Mood">happy, energetic, calm, neutral, sad, tense or unknown.</param>
/// <param name="Valence">-1 to 1.</param>
/// <param name="Arousal">-1 to 1.</param>
/// <param name="Confidence">0 to 1.</param>
/// <param name="Since">Since when the mood has been this one.</param>
/// <param name="Face">present, absent or obscured.</param>
/// <param name="Emotions">Only where publishing them is configured.</param>
public sealed record MoodPayload(
    string Ts,
    string Mood,
    double Valence,
    double Arousal,
    double Confidence,
    string Since,
    string Face,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] EmotionsPayload? Emotions)
{
    /// <summary>From the conductor's words to the contract's.</summary>
    public static MoodPayload From(MoodPublication publication)
    {
        ArgumentNullException.ThrowIfNull(publication);
        return new(
            PayloadFormat.Time(publication.Utc),
            WireNames<Mood>.Of(publication.Mood),
            PayloadFormat.Number(publication.Valence),
            PayloadFormat.Number(publication.Arousal),
            PayloadFormat.Number(publication.Confidence),
            PayloadFormat.Time(publication.Since),
            WireNames<FacePresence>.Of(publication.Face),
            publication.Emotions is { } emotions ? EmotionsPayload.From(emotions) : null);
    }

    /// <summary>UTF-8 JSON.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, PayloadJson.Relaxed.MoodPayload);
}
