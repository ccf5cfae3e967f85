using System.Text.Json;
using System.Text.Json.Serialization;
using CabinMood.Core.Conductor.Events;
using CabinMood.Core.Songs.Learning;
using CabinMood.Service.Options;

namespace CabinMood.Service.Simulation.Drives;

/// <summary>Writes the line that a recording begins with: all that its decisions depend on beside the events.</summary>
internal static class StartWriter
{
    private static readonly JsonSerializerOptions AsConfigured = new()
    {
        IgnoreReadOnlyProperties = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    /// <summary>Writes one object.</summary>
    public static void Write(Utf8JsonWriter json, ServiceStarted started, CabinMoodOptions options, CatalogueIdentity catalogue, string version)
    {
        json.WriteStartObject();
        EventWriter.Moment(json, started.At);
        json.WriteString("event", "start");
        json.WriteBoolean("recorded", true);
        json.WriteString("version", version);
        json.WriteNumber("seed", started.Seed);
        if (started.Stored is { } stored)
        {
            json.WritePropertyName("stored");
            JsonSerializer.Serialize(json, stored, RecordJson.Default.TripRecord);
        }

        json.WritePropertyName("driver");
        JsonSerializer.Serialize(json, started.Driver, RecordJson.Default.DriverSettings);
        if (!ReferenceEquals(started.Memory, DriverMemory.None))
        {
            json.WritePropertyName("memory");
            JsonSerializer.Serialize(json, started.Memory, RecordJson.Default.DriverMemory);
        }

        if (started.Remembered.Count > 0)
        {
            json.WritePropertyName("remembered");
            JsonSerializer.Serialize(json, [.. started.Remembered], RecordJson.Default.RememberedCommandArray);
        }

        json.WriteBoolean("eventLog", started.EventLog);
        json.WritePropertyName("catalogue");
        JsonSerializer.Serialize(json, catalogue, RecordJson.Default.CatalogueIdentity);
        json.WriteStartObject("options");
        Section(nameof(options.Moods), options.Moods);
        Section(nameof(options.Limiter), options.Limiter);
        Section(nameof(options.Vehicle), options.Vehicle);
        Section(nameof(options.Songs), options.Songs);
        Section(nameof(options.Trips), options.Trips);
        Section(nameof(options.Commands), options.Commands);
        json.WriteStartObject(nameof(options.Mqtt));
        json.WriteBoolean(nameof(options.Mqtt.PublishEmotions), options.Mqtt.PublishEmotions);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();

        void Section<T>(string name, T section)
        {
            json.WritePropertyName(name);
            JsonSerializer.Serialize(json, section, AsConfigured);
        }
    }
}
