using CabinMood.Core.Safety;

namespace CabinMood.Service.Simulation.Decisions;

/// <summary>Every reason to hold in one plain sentence.</summary>
internal static class HoldWords
{
    /// <param name="reason">The reason.</param>
    /// <param name="ends">Whether it is known when the hold ends; a budget that never frees again is one of none.</param>
    public static string Of(HoldReason reason, bool ends) => reason switch
    {
        HoldReason.Consent => "Nobody has agreed to be looked at in this trip.",
        HoldReason.CameraOff => "The driver closed the camera.",
        HoldReason.CommercialProfile => "Emotions of people at work are never inferred.",
        HoldReason.OverrideActive => "The driver's own wish holds.",
        HoldReason.DmsWarning => "The driver-monitoring system warns.",
        HoldReason.StabilityControl => "ABS or stability control is at work.",
        HoldReason.Reverse => "The car is in reverse gear.",
        HoldReason.Call => "The driver is on the phone.",
        HoldReason.Navigation => "A navigation prompt is being given.",
        HoldReason.StaleSignal => "A fitted vehicle signal is missing, stale or absurd.",
        HoldReason.Fatigue => "Calm and sad music is not for a tired driver.",
        HoldReason.MinInterval => "The last change, or the start, was too recent.",
        HoldReason.NotEnoughEvidence => "Too few good readings agree on a mood.",
        HoldReason.LowConfidence => "The readings do not agree on a mood.",
        HoldReason.TrackBoundary => "A change is due and waits for the end of the track.",
        HoldReason.DriverChangeBudget when !ends => "With this profile moods change nothing while the car moves.",
        HoldReason.DriverChangeBudget => "There were as many changes in the last hour as are allowed.",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "This reason has no words yet."),
    };
}
