using CabinMood.Core.Safety;

namespace CabinMood.Core.Conductor;

/// <summary>What a restart within a trip needs: words and times, never emotions or faces.</summary>
/// <param name="Trip">The trip's id.</param>
/// <param name="SavedUtc">When this was stored: only a fresh record continues a trip.</param>
/// <param name="Consent">Consent in that trip.</param>
/// <param name="CameraAllowed">False when the driver closed the camera; outlives the trip.</param>
/// <param name="Override">The override in force, if any.</param>
/// <param name="SongsSilenced">The driver plays something else, or said stop.</param>
/// <param name="HasCalmed">Abrupt calming has been used in that trip.</param>
/// <param name="YesIds">The ids under which consent or the camera was granted in that trip; null for none.</param>
public sealed record TripRecord(
    string Trip,
    DateTimeOffset SavedUtc,
    Consent Consent,
    bool CameraAllowed,
    StoredOverride? Override,
    bool SongsSilenced = false,
    bool HasCalmed = false,
    IReadOnlyList<string>? YesIds = null)
{
    /// <summary>Wall times of the changes of the hour before, oldest first, for the hour's budget; null when there were none.</summary>
    public IReadOnlyList<DateTimeOffset>? ChangesUtc { get; init; }
}
