using System.Text.Json.Serialization;
using CabinMood.Core.Conductor;
using CabinMood.Core.Songs.Learning;

namespace CabinMood.Storage;

/// <summary>How settings, trip and taste are written: words, times and weights, never emotions or faces.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(DriverSettings))]
[JsonSerializable(typeof(TripRecord))]
[JsonSerializable(typeof(DriverMemory))]
internal sealed partial class DriverJson : JsonSerializerContext;
