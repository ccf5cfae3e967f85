using System.Text.Json;
using System.Text.Json.Serialization;

namespace CabinMood.Vision.ModelCards;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    ReadCommentHandling = JsonCommentHandling.Disallow)]
[JsonSerializable(typeof(DetectorCard))]
[JsonSerializable(typeof(EmotionCard))]
internal sealed partial class ModelCardJson : JsonSerializerContext;
