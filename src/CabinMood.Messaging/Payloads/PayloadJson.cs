using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CabinMood.Messaging.Payloads;

/// <summary>Writes the payloads without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(MoodPayload))]
[JsonSerializable(typeof(SongPayload))]
[JsonSerializable(typeof(LimiterPayload))]
[JsonSerializable(typeof(PrivacyPayload))]
[JsonSerializable(typeof(HealthPayload))]
[JsonSerializable(typeof(ReplyPayload))]
internal sealed partial class PayloadJson : JsonSerializerContext
{
    /// <summary>Titles in any script stay readable; payloads are not pasted into HTML.</summary>
    internal static PayloadJson Relaxed { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
