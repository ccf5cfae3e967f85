using CabinMood.Core.Moods;

namespace CabinMood.Core.Safety;

/// <summary>
/// Says whether the driver's mood may change the music now, and if not, why. The rules stand in the order in which
/// they are told: what the driver decided first, then danger, then patience, then doubt. Pure and thread-safe.
/// </summary>
public sealed class SafetyLimiter
{
    private static readonly (VehicleSignal Signal, HoldReason Reason)[] FreezeSignals =
    [
        (VehicleSignal.DmsWarning, HoldReason.DmsWarning),
        (VehicleSignal.Esc, HoldReason.StabilityControl),
        (VehicleSignal.Abs, HoldReason.StabilityControl),
        (VehicleSignal.Gear, HoldReason.Reverse),
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

    /// <summary>
    /// True when the mood that a wish left behind may give way to neutral: nothing is read, and neither a danger nor the
    /// patience of any other change holds. A profile that allows no changes at all here cannot keep a wish for ever.
    /// </summary>
    public bool MayEndWish(in LimiterQuestion question)
    {
        var patience = Patience(question);
        var isNeverOpen = patience is { Hold: HoldReason.DriverChangeBudget, Until: null };
        return Danger(question) is null && (isNeverOpen || patience is null && question.Mood.Mood == Mood.Unknown);
    }

    /// <summary>True when the driver is tired by the vehicle's word.</summary>
    public bool IsTired(VehicleState vehicle) =>
        (_vehicle.Fatigue.Kind != SignalKind.Absent && vehicle[VehicleSignal.Fatigue].Value >= _options.FatiguePercent)
        || vehicle.IsRaised(VehicleSignal.EyesClosed, _vehicle);

    /// <summary>True for a target that would put a tired driver to sleep.</summary>
    public static bool IsSoporific(Mood target) => target is Mood.Calm or Mood.Sad;

    private LimiterVerdict? DriversWill(in LimiterQuestion question)
    {
        if (_options.IsCommercial)
        {
            return new LimiterVerdict(HoldReason.CommercialProfile);
        }

        if (question.OverrideActive)
        {
            return new LimiterVerdict(HoldReason.OverrideActive, question.OverrideUntil);
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

        return question.Vehicle.FirstHolding(question.Now, _vehicle) is null ? null : new LimiterVerdict(HoldReason.StaleSignal);
    }

    private LimiterVerdict? Patience(in LimiterQuestion question)
    {
        var stands = question.Vehicle.IsStanding(question.Now, _vehicle);
        var interval = TimeSpan.FromSeconds(stands ? _options.ParkedIntervalSeconds : _options.MinIntervalSeconds);
        if (question.Now - question.Changes.LastChange < interval)
        {
            return new LimiterVerdict(HoldReason.MinInterval, question.Changes.LastChange + interval);
        }

        var budget = stands ? _options.ParkedMaxChangesPerHour : _options.MaxChangesPerHour;
        return question.Changes.CountLastHour(question.Now) >= budget
            ? new LimiterVerdict(HoldReason.DriverChangeBudget, question.Changes.WhenBelow(budget, question.Now))
            : null;
    }

    private LimiterVerdict? Doubt(in LimiterQuestion question)
    {
        var mood = question.Mood;
        if (mood.Mood == Mood.Unknown)
        {
            // Readings that come but do not agree are another matter than too few of them.
            var readingsDisagree = mood.ReadAt is not null && mood.Candidate == Mood.Unknown;
            return new LimiterVerdict(readingsDisagree ? HoldReason.LowConfidence : HoldReason.NotEnoughEvidence);
        }

        // The mood on record stays until another has earned its evidence, but it drives nothing while doubted.
        if (mood.Candidate != mood.Mood)
        {
            return new LimiterVerdict(mood.Candidate == Mood.Unknown ? HoldReason.LowConfidence : HoldReason.NotEnoughEvidence);
        }

        if (mood.SupportingSeconds < _options.EvidenceSeconds)
        {
            return new LimiterVerdict(HoldReason.NotEnoughEvidence);
        }

        return mood.Confidence < _options.MinConfidence ? new LimiterVerdict(HoldReason.LowConfidence) : null;
    }

    private LimiterVerdict Moment(in LimiterQuestion question)
    {
        // Told also when the target is that mood already: its songs are passed over while the driver is tired.
        if (IsSoporific(question.Mood.Mood) && IsTired(question.Vehicle))
        {
            return new LimiterVerdict(HoldReason.Fatigue);
        }

        return question.Mood.Mood == question.Target || question.MayChangeNow
            ? LimiterVerdict.Open
            : new LimiterVerdict(HoldReason.TrackBoundary, question.TrackEndsAt);
    }
}
