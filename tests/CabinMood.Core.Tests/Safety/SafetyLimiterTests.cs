using CabinMood.Core.Moods;
using CabinMood.Core.Safety;

namespace CabinMood.Core.Tests.Safety;

public class SafetyLimiterTests
{
    private static readonly VehicleOptions Vehicle = new() { EyesClosed = { Kind = SignalKind.OnChange } };
    private static readonly TimeSpan Now = TimeSpan.FromHours(2);

    [Fact]
    public void A_sure_mood_on_a_quiet_road_may_change_the_music_at_a_track_boundary()
    {
        Assert.Null(Judge(Question()).Hold);
        Assert.Equal(HoldReason.TrackBoundary, Judge(Question() with { MayChangeNow = false }).Hold);
    }

    [Fact]
    public void Without_a_change_to_make_the_limiter_is_open()
    {
        Assert.Null(Judge(Question() with { Target = Mood.Happy, MayChangeNow = false }).Hold);
    }

    [Theory]
    [InlineData(VehicleSignal.DmsWarning, 1, HoldReason.DmsWarning)]
    [InlineData(VehicleSignal.Esc, 1, HoldReason.StabilityControl)]
    [InlineData(VehicleSignal.Abs, 1, HoldReason.StabilityControl)]
    [InlineData(VehicleSignal.Call, 1, HoldReason.Call)]
    [InlineData(VehicleSignal.Navigation, 1, HoldReason.Navigation)]
    [InlineData(VehicleSignal.Gear, -1, HoldReason.Reverse)]
    public void A_raised_signal_freezes_with_its_own_reason(VehicleSignal signal, double value, HoldReason reason)
    {
        var question = Question();
        Assert.Equal(reason, Judge(question with { Vehicle = With(question.Vehicle, signal, value) }).Hold);
        Assert.Equal(reason, Judge(question with { Vehicle = With(question.Vehicle, signal, value, retained: true) }).Hold);
    }

    [Theory]
    [InlineData(VehicleSignal.Speed)]
    [InlineData(VehicleSignal.Gear)]
    [InlineData(VehicleSignal.DmsWarning)]
    [InlineData(VehicleSignal.EyesClosed)]
    [InlineData(VehicleSignal.Esc)]
    [InlineData(VehicleSignal.Abs)]
    [InlineData(VehicleSignal.Fatigue)]
    [InlineData(VehicleSignal.Call)]
    [InlineData(VehicleSignal.Navigation)]
    public void A_fitted_signal_that_is_missing_freezes(VehicleSignal missing)
    {
        var state = VehicleState.Unknown;
        foreach (var signal in Enum.GetValues<VehicleSignal>().Where(signal => signal != missing))
        {
            state = With(state.WithSource(signal, true), signal, Quiet(signal));
        }

        Assert.Equal(HoldReason.StaleSignal, Judge(Question() with { Vehicle = state }).Hold);
    }

    [Fact]
    public void Ignition_begins_and_ends_trips_and_holds_nothing()
    {
        var vehicle = Question().Vehicle.WithSource(VehicleSignal.Ignition, false);
        Assert.Null(Judge(Question() with { Vehicle = vehicle }).Hold);
    }

    [Fact]
    public void A_speed_that_has_grown_old_freezes()
    {
        Assert.Equal(HoldReason.StaleSignal, Judge(Question() with { Now = Now + TimeSpan.FromSeconds(2.5) }).Hold);
    }

    [Theory]
    [InlineData(Mood.Calm, HoldReason.Fatigue)]
    [InlineData(Mood.Sad, HoldReason.Fatigue)]
    [InlineData(Mood.Happy, null)]
    public void A_tired_driver_is_not_put_to_sleep(Mood mood, HoldReason? expected)
    {
        var tired = With(Question().Vehicle, VehicleSignal.Fatigue, 60);
        Assert.Equal(expected, Judge(Question(mood) with { Vehicle = tired }).Hold);
        var eyesClosed = With(Question().Vehicle, VehicleSignal.EyesClosed, 1);
        Assert.Equal(expected, Judge(Question(mood) with { Vehicle = eyesClosed }).Hold);
    }

    [Fact]
    public void While_moving_the_interval_is_three_minutes_and_says_when_it_ends()
    {
        var recent = Question() with { Changes = ChangeHistory.StartingAt(Now - TimeSpan.FromSeconds(179)) };
        var verdict = Judge(recent);
        Assert.Equal(HoldReason.MinInterval, verdict.Hold);
        Assert.Equal(Now + TimeSpan.FromSeconds(1), verdict.Until);
        Assert.Null(Judge(recent with { Changes = ChangeHistory.StartingAt(Now - TimeSpan.FromSeconds(180)) }).Hold);
    }

    [Fact]
    public void In_park_the_interval_is_shorter()
    {
        var parked = With(With(Question().Vehicle, VehicleSignal.Speed, 0), VehicleSignal.Gear, 126);
        var question = Question() with { Vehicle = parked, Changes = ChangeHistory.StartingAt(Now - TimeSpan.FromSeconds(30)) };
        Assert.Null(Judge(question).Hold);
        Assert.Equal(HoldReason.MinInterval, Judge(question with { Vehicle = With(parked, VehicleSignal.Speed, 1) }).Hold);
    }

    [Fact]
    public void An_hour_allows_twelve_changes()
    {
        var changes = ChangeHistory.StartingAt(TimeSpan.Zero);
        for (var i = 12; i >= 1; i--)
        {
            changes = changes.Add(Now - TimeSpan.FromMinutes(4 * i));
        }

        var verdict = Judge(Question() with { Changes = changes });
        Assert.Equal(HoldReason.DriverChangeBudget, verdict.Hold);
        Assert.Equal(Now + TimeSpan.FromMinutes(12), verdict.Until);
        Assert.Equal(11, changes.CountLastHour(Now + TimeSpan.FromMinutes(12)));
    }

    [Fact]
    public void Too_little_and_contradicting_evidence_have_names_of_their_own()
    {
        Assert.Equal(HoldReason.NotEnoughEvidence, Judge(Question() with { Mood = MoodEstimate.None }).Hold);
        var divided = new MoodEstimate { ReadAt = Now };
        Assert.Equal(HoldReason.LowConfidence, Judge(Question() with { Mood = divided }).Hold);
        var doubted = new MoodEstimate { Mood = Mood.Happy, Candidate = Mood.Sad, ReadAt = Now };
        Assert.Equal(HoldReason.NotEnoughEvidence, Judge(Question() with { Mood = doubted }).Hold);
    }

    [Fact]
    public void The_drivers_will_is_told_before_everything_else()
    {
        var danger = Question() with { Vehicle = With(Question().Vehicle, VehicleSignal.Call, 1) };
        Assert.Equal(HoldReason.OverrideActive, Judge(danger with { OverrideActive = true }).Hold);
        Assert.Equal(HoldReason.Consent, Judge(danger with { Consent = Consent.Withheld }).Hold);
        Assert.Equal(HoldReason.Consent, Judge(danger with { Consent = Consent.Withdrawn }).Hold);
        Assert.Equal(HoldReason.CameraOff, Judge(danger with { CameraAllowed = false }).Hold);
        var commercial = new SafetyLimiter(new LimiterOptions { Profile = LimiterProfile.Commercial }, Vehicle);
        Assert.Equal(HoldReason.CommercialProfile, commercial.Judge(danger).Hold);
    }

    [Fact]
    public void Default_options_are_valid_and_absurd_ones_are_named()
    {
        var errors = new List<ConfigurationError>();
        new LimiterOptions().Validate(errors);
        new VehicleOptions().Validate(errors);
        Assert.Empty(errors);

        new LimiterOptions { MinIntervalSeconds = double.NaN, FatiguePercent = 0 }.Validate(errors);
        new VehicleOptions { Speed = { Kind = SignalKind.Absent }, Call = { Topic = "a/#" } }.Validate(errors);
        Assert.Equal(
            ["Limiter:MinIntervalSeconds", "Limiter:FatiguePercent", "Vehicle:Speed:Kind", "Vehicle:Call:Topic"],
            errors.ConvertAll(error => error.Key));
    }

    private static LimiterVerdict Judge(in LimiterQuestion question) => new SafetyLimiter(new LimiterOptions(), Vehicle).Judge(question);

    private static LimiterQuestion Question(Mood mood = Mood.Happy)
    {
        var vehicle = VehicleState.Unknown;
        foreach (var signal in Enum.GetValues<VehicleSignal>())
        {
            vehicle = With(vehicle.WithSource(signal, true), signal, Quiet(signal));
        }

        return new LimiterQuestion(
            Now,
            Consent.Granted,
            true,
            false,
            vehicle,
            new MoodEstimate { Mood = mood, Candidate = mood, ReadAt = Now, AgreeingSeconds = 20 },
            Mood.Neutral,
            ChangeHistory.StartingAt(TimeSpan.Zero),
            true);
    }

    private static double Quiet(VehicleSignal signal) => signal switch
    {
        VehicleSignal.Speed => 60,
        VehicleSignal.Gear => 127,
        VehicleSignal.Ignition => (int)IgnitionState.On,
        _ => 0,
    };

    private static VehicleState With(VehicleState vehicle, VehicleSignal signal, double value, bool retained = false) =>
        vehicle.With(signal, new SignalSample(value, null, retained), Now, Vehicle);
}
