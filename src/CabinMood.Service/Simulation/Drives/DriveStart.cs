using System.Text.Json;

namespace CabinMood.Service.Simulation.Drives;

/// <summary>What a drive's <c>start</c> line says beside the start itself.</summary>
public sealed record DriveStart
{
    /// <summary>Recorded by a service: ticks, commits and the camera's answers are in the file, and nothing is made up.</summary>
    public bool IsRecorded { get; init; }

    /// <summary>Sections of the configuration that differ from what else would hold; null for none.</summary>
    public JsonElement? Options { get; init; }

    /// <summary>The songs of the recording; null where any will do.</summary>
    public CatalogueIdentity? Catalogue { get; init; }

    /// <summary>The head unit plays every song for this long; null: as long as the song is.</summary>
    public double? TrackSeconds { get; init; }
}
