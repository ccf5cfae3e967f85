using System.Text.Json.Serialization;
using CabinMood.Core.Conductor;

namespace CabinMood.Storage;

/// <summary>How settings and trip are written: words and times, never emotions or faces.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(DriverSettings))]
[JsonSerializable(typeof(TripRecord))]
internal sealed partial class DriverJson : JsonSerializerContext;
