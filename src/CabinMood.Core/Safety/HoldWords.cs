namespace CabinMood.Core.Safety;

/// <summary>
/// What the limiter says, in one <see cref="ShortLine"/> that a driver may read: the limiter topic and the decisions of a
/// drive tell it.
/// </summary>
public static class HoldWords
{
    // More names than this are no short line any more; the health topic has them all.
    private const int SignalsNamed = 2;

    /// <summary>The line for a verdict.</summary>
    /// <param name="verdict">What the limiter says.</param>
    /// <param name="stale">With <see cref="HoldReason.StaleSignal"/>: the signals that are missing, stale or doubted.</param>
    public static string Of(in LimiterVerdict verdict, IReadOnlyList<VehicleSignal> stale) => verdict.Hold switch
    {
        null => "The mood may change the music, or already has.",
        HoldReason.CommercialProfile => "In this car the driver is at work, so nobody's mood is looked at.",
        HoldReason.OverrideActive => "You asked for a mood yourself, and that still holds.",
        HoldReason.Consent => "Nobody has agreed to be looked at in this trip.",
        HoldReason.CameraOff => "You closed the camera.",
        HoldReason.DmsWarning => "The car is warning you to watch the road.",
        HoldReason.StabilityControl => "ABS or ESC is at work.",
        HoldReason.Reverse => "You are reversing.",
        HoldReason.Call => "You are on the phone.",
        HoldReason.Navigation => "The navigation is speaking.",
        HoldReason.StaleSignal => $"The car does not say clearly: {Names(stale)}.",
        HoldReason.MinInterval => "The music changed, or the trip began, too short a time ago.",
        // A budget that never frees again is one of none.
        HoldReason.DriverChangeBudget when verdict.Until is null => "As this car is set up, moods change no music now.",
        HoldReason.DriverChangeBudget => "This hour's changes are used up.",
        HoldReason.NotEnoughEvidence => "The camera has not seen you in this mood for long enough.",
        HoldReason.LowConfidence => "What the camera sees does not agree with itself.",
        HoldReason.Fatigue => "You look calm or sad, but you are tired: nothing sleepy unless you ask.",
        HoldReason.TrackBoundary => "The change is decided; it waits for the end of the song.",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict.Hold, "This reason has no words yet."),
    };

    private static string Names(IReadOnlyList<VehicleSignal> signals)
    {
        var named = string.Join(", ", signals.Take(SignalsNamed).Select(Name));
        return signals.Count > SignalsNamed ? $"{named} and {signals.Count - SignalsNamed} more" : named;
    }

    private static string Name(VehicleSignal signal) => signal switch
    {
        VehicleSignal.Speed => "speed",
        VehicleSignal.Gear => "gear",
        VehicleSignal.Ignition => "ignition",
        VehicleSignal.DmsWarning => "DMS warning",
        VehicleSignal.EyesClosed => "eyes closed",
        VehicleSignal.Esc => "ESC",
        VehicleSignal.Abs => "ABS",
        VehicleSignal.Fatigue => "fatigue",
        VehicleSignal.Call => "call",
        VehicleSignal.Navigation => "navigation",
        _ => throw new ArgumentOutOfRangeException(nameof(signal), signal, "This signal has no name yet."),
    };
}
