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

    /// <summary>When this was stored, by the computer's running time; null where that could not be told.</summary>
    public BootTime? SavedAt { get; init; }

    /// <summary>
    /// The record as it would be had the wall clock always been what it is now. A clock that was set since then changes no
    /// age by it; a record from before the computer was started is as old as can be, for a clock that begins at the same
    /// wrong time at every start says nothing of its age, and consent must not outlive the drive.
    /// </summary>
    /// <param name="utc">Wall time now.</param>
    /// <param name="now">Running time now; null where that cannot be told, and the wall clock has to be believed.</param>
    public TripRecord AsOf(DateTimeOffset utc, BootTime? now)
    {
        if (SavedAt is not { } saved || now is null)
        {
            return this with { SavedAt = null };
        }

        if (saved.Boot != now.Boot || saved.Elapsed > now.Elapsed)
        {
            return this with { SavedAt = null, SavedUtc = DateTimeOffset.MinValue };
        }

        var savedUtc = Moments.Add(utc, saved.Elapsed - now.Elapsed);
        var shift = savedUtc - SavedUtc;
        return this with
        {
            SavedAt = null,
            SavedUtc = savedUtc,
            Override = Override is { UntilUtc: { } until } ? Override with { UntilUtc = Moments.Add(until, shift) } : Override,
            ChangesUtc = ChangesUtc?.Select(change => Moments.Add(change, shift)).ToList(),
        };
    }
}
