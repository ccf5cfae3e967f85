using System.Text.Json.Serialization;
using CabinMood.Core.Conductor;
using CabinMood.Core.Songs.Learning;

namespace CabinMood.Service.Simulation.Drives;

/// <summary>How the parts of a start line are written and read.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(DriverSettings))]
[JsonSerializable(typeof(TripRecord))]
[JsonSerializable(typeof(DriverMemory))]
[JsonSerializable(typeof(RememberedCommand[]))]
[JsonSerializable(typeof(CatalogueIdentity))]
internal sealed partial class RecordJson : JsonSerializerContext;
