using CabinMood.Core.Moods;

namespace CabinMood.Core.Safety;

/// <summary>
/// Says whether the driver's mood may change the music now, and if not, why. The rules stand in the order in which
/// they are told: what the driver decided first, then danger, then doubt, then patience. Pure and thread-safe.
/// </summary>
public sealed class SafetyLimiter
{
    private static readonly (VehicleSignal Signal, HoldReason Reason)[] FreezeSignals =
    [
        (VehicleSignal.DmsWarning, HoldReason.DmsWarning),
        (VehicleSignal.Esc, HoldReason.StabilityControl),
        (VehicleSignal.Abs, HoldReason.StabilityControl),
        (VehicleSignal.Call, HoldReason.Call),
        (VehicleSignal.Navigation, HoldReason.Navigation),
    ];

    private readonly LimiterOptions _options;
    private readonly VehicleOptions _vehicle;

    /// <summary>A limiter with these rules.</summary>
    public SafetyLimiter(LimiterOptions options, VehicleOptions vehicle)
    {
        _options = options;
        _vehicle = vehicle;
    }

    /// <summary>Answers one question.</summary>
    public LimiterVerdict Judge(in LimiterQuestion question) =>
        DriversWill(question) ?? Danger(question) ?? Patience(question) ?? Doubt(question) ?? Moment(question);

    /// <summary>True when the driver is tired by the vehicle's word.</summary>
    public bool IsTired(in VehicleState vehicle) =>
        (_vehicle.Fatigue.Kind != SignalKind.Absent && vehicle[VehicleSignal.Fatigue].Value >= _options.FatiguePercent)
        || vehicle.IsRaised(VehicleSignal.EyesClosed, _vehicle);

    private LimiterVerdict? DriversWill(in LimiterQuestion question)
    {
        if (_options.Commercial)
        {
            return new LimiterVerdict(HoldReason.CommercialProfile);
        }

        if (question.OverrideActive)
        {
            return new LimiterVerdict(HoldReason.OverrideActive);
        }

        if (question.Consent != Consent.Granted)
        {
            return new LimiterVerdict(HoldReason.Consent);
        }

        return question.CameraAllowed ? null : new LimiterVerdict(HoldReason.CameraOff);
    }

    private LimiterVerdict? Danger(in LimiterQuestion question)
    {
        // A raised signal freezes however old or retained it is.
        foreach (var (signal, reason) in FreezeSignals)
        {
            if (question.Vehicle.IsRaised(signal, _vehicle))
            {
                return new LimiterVerdict(reason);
            }
        }

        if (question.Vehicle.IsInReverse(_vehicle))
        {
            return new LimiterVerdict(HoldReason.Reverse);
        }

        foreach (var signal in VehicleState.AllSignals)
        {
            // Ignition only begins and ends trips; no rule here rests on it.
            var matters = signal != VehicleSignal.Ignition && _vehicle[signal].Kind != SignalKind.Absent;
            if (matters && !question.Vehicle.IsFresh(signal, question.Now, _vehicle))
            {
                return new LimiterVerdict(HoldReason.StaleSignal);
            }
        }

        return null;
    }

    private LimiterVerdict? Patience(in LimiterQuestion question)
    {
        var interval = TimeSpan.FromSeconds(question.Vehicle.IsStanding(question.Now, _vehicle)
            ? _options.ParkedIntervalSeconds
            : _options.MinIntervalSeconds);
        if (question.Now - question.Changes.LastChange < interval)
        {
            return new LimiterVerdict(HoldReason.MinInterval, question.Changes.LastChange + interval);
        }

        return question.Changes.CountLastHour(question.Now) >= _options.MaxChangesPerHour
            ? new LimiterVerdict(HoldReason.DriverChangeBudget, question.Changes.OldestWithinHour(question.Now) + TimeSpan.FromHours(1))
            : null;
    }

    private static LimiterVerdict? Doubt(in LimiterQuestion question)
    {
        if (question.Mood.Mood == Mood.Unknown)
        {
            // Readings that come but do not agree are another matter than too few of them.
            var readingsDisagree = question.Mood.ReadAt is not null && question.Mood.Candidate == Mood.Unknown;
            return new LimiterVerdict(readingsDisagree ? HoldReason.LowConfidence : HoldReason.NotEnoughEvidence);
        }

        // The mood on record stays until another has earned its evidence, but it drives nothing while doubted.
        return question.Mood.Candidate == question.Mood.Mood ? null : new LimiterVerdict(HoldReason.NotEnoughEvidence);
    }

    private LimiterVerdict Moment(in LimiterQuestion question)
    {
        if (question.Mood.Mood == question.Target)
        {
            return LimiterVerdict.Open;
        }

        if (question.Mood.Mood is Mood.Calm or Mood.Sad && IsTired(question.Vehicle))
        {
            return new LimiterVerdict(HoldReason.Fatigue);
        }

        return question.AtTrackBoundary ? LimiterVerdict.Open : new LimiterVerdict(HoldReason.TrackBoundary);
    }
}
