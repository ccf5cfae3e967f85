using CabinMood.Core.Conductor;
using CabinMood.Core.Conductor.Events;
using CabinMood.Core.Conductor.Publications;
using CabinMood.Core.Moods;
using CabinMood.Core.Safety;

namespace CabinMood.Core.Tests.Safety;

/// <summary>Every reason to hold, reached on a drive and read from the limiter topic.</summary>
public class HoldReasonTests
{
    private static readonly Dictionary<HoldReason, Func<Drive>> Ways = new()
    {
        [HoldReason.CommercialProfile] = () => Drive.Starts(With(LimiterProfile.Commercial)),
        [HoldReason.OverrideActive] = () => Drive.OnTheRoad().Wishes(Mood.Calm),
        [HoldReason.Consent] = () => Drive.OnTheRoad().Withdraws(),
        [HoldReason.CameraOff] = () => Drive.OnTheRoad().ClosesCamera(),
        [HoldReason.DmsWarning] = () => Drive.OnTheRoad().Signal(VehicleSignal.DmsWarning, 1),
        [HoldReason.StabilityControl] = () => Drive.OnTheRoad().Signal(VehicleSignal.Abs, 1),
        [HoldReason.Reverse] = () => Drive.OnTheRoad().Signal(VehicleSignal.Gear, -1),
        [HoldReason.Call] = () => Drive.OnTheRoad().Signal(VehicleSignal.Call, 1),
        [HoldReason.Navigation] = () => Drive.OnTheRoad().Signal(VehicleSignal.Navigation, 1),
        [HoldReason.StaleSignal] = () => Drive.OnTheRoad().SpeedFallsSilent().Waits(3),
        [HoldReason.MinInterval] = () => Drive.Starts().VehicleIsQuiet().DrivesAt(60).Consents().Waits(1),
        [HoldReason.DriverChangeBudget] = () => Drive.OnTheRoad(With(LimiterProfile.Parked)),
        [HoldReason.NotEnoughEvidence] = () => Drive.OnTheRoad().Looks(Mood.Happy).Waits(10),
        [HoldReason.LowConfidence] = () => Drive.OnTheRoad(SurerThanEver()).Looks(Mood.Happy).Waits(60),
        [HoldReason.Fatigue] = () => Drive.OnTheRoad().Signal(VehicleSignal.Fatigue, 75).Looks(Mood.Sad).Waits(30),
        [HoldReason.TrackBoundary] = () => Drive.OnTheRoad().TrackEnds().Looks(Mood.Happy).Waits(24),
    };

    public static TheoryData<HoldReason> Reasons => [.. Enum.GetValues<HoldReason>()];

    [Theory]
    [MemberData(nameof(Reasons))]
    public void Every_reason_is_reached_on_some_drive_and_told(HoldReason reason)
    {
        var drive = Ways[reason]();
        Assert.Equal(reason, drive.Limiter.Reason);
        Assert.InRange(drive.Limiter.Text.Length, 10, ShortLine.MaxLength);
    }

    [Fact]
    public void A_stale_signal_is_named_and_so_is_the_next_one_once_it_has_spoken()
    {
        Assert.Equal("The car does not say clearly: speed.", Drive.OnTheRoad().SpeedFallsSilent().Waits(3).Limiter.Text);
        Assert.Equal("The car does not say clearly: gear.", Drive.OnTheRoad().Signal(VehicleSignal.Gear, 126, retained: true).Limiter.Text);

        var drive = Drive.Starts().Consents();
        Assert.Equal("The car does not say clearly: speed, gear and 6 more.", drive.Limiter.Text);
        drive.DrivesAt(60).Waits(2);
        Assert.Equal("The car does not say clearly: gear, DMS warning and 5 more.", drive.Limiter.Text);
        Assert.Equal("The music changed, or the trip began, too short a time ago.", drive.VehicleIsQuiet().Waits(2).Limiter.Text);
    }

    [Fact]
    public void Every_hold_has_words_of_its_own_and_no_line_is_long()
    {
        var all = Enum.GetValues<VehicleSignal>();
        var lines = Enum.GetValues<HoldReason>().Cast<HoldReason?>().Prepend(null)
            .Select(reason => HoldWords.Of(new LimiterVerdict(reason, TimeSpan.Zero), all))
            .Append(HoldWords.Of(new LimiterVerdict(HoldReason.DriverChangeBudget), []))
            .Concat(all.Select(signal => HoldWords.Of(new LimiterVerdict(HoldReason.StaleSignal), [signal, signal, signal])))
            .ToList();
        Assert.Equal(lines.Count, lines.Distinct().Count());
        Assert.All(lines, line => Assert.InRange(line.Length, 10, ShortLine.MaxLength));
    }

    [Fact]
    public void When_several_hold_the_first_of_their_order_is_told()
    {
        var drive = Drive.OnTheRoad().Signal(VehicleSignal.Navigation, 1);
        Assert.Equal(HoldReason.Navigation, drive.Limiter.Reason);
        Assert.Equal(HoldReason.Call, drive.Signal(VehicleSignal.Call, 1).Limiter.Reason);
        Assert.Equal(HoldReason.Reverse, drive.Signal(VehicleSignal.Gear, -1).Limiter.Reason);
        Assert.Equal(HoldReason.StabilityControl, drive.Signal(VehicleSignal.Esc, 1).Limiter.Reason);
        Assert.Equal(HoldReason.DmsWarning, drive.Signal(VehicleSignal.DmsWarning, 1).Limiter.Reason);
        Assert.Equal(HoldReason.CameraOff, drive.ClosesCamera().Limiter.Reason);
        Assert.Equal(HoldReason.Consent, drive.Withdraws().Limiter.Reason);
        Assert.Equal(HoldReason.OverrideActive, drive.Wishes(Mood.Happy).Limiter.Reason);
    }

    [Fact]
    public void A_wish_for_a_time_says_until_when_it_holds_and_one_for_the_trip_does_not()
    {
        var drive = Drive.OnTheRoad().Wishes(Mood.Calm, Core.Conductor.Commands.OverrideSpan.For(TimeSpan.FromMinutes(10)));
        Assert.Equal(drive.At.Utc.AddMinutes(10), drive.Limiter.Until);
        Assert.Null(drive.Wishes(Mood.Calm).Limiter.Until);
    }

    [Fact]
    public void A_change_that_waits_for_the_end_of_the_track_says_when_that_is()
    {
        var drive = Drive.OnTheRoad().TrackEnds().Looks(Mood.Happy).Waits(24);
        Assert.Equal(HoldReason.TrackBoundary, drive.Limiter.Reason);
        Assert.Equal(drive.UtcAtStart + drive.State.Playing!.EndsAt!.Value, drive.Limiter.Until!.Value, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void A_used_up_budget_says_when_the_oldest_change_is_an_hour_old()
    {
        var options = ConductorOptions.Default;
        options.Limiter.MaxChangesPerHour = 1;
        var drive = Drive.OnTheRoad(options).Looks(Mood.Happy).Waits(40).TrackEnds().Waits(200);
        var change = Assert.Single(drive.MoodChanges);
        Assert.Equal(HoldReason.DriverChangeBudget, drive.Limiter.Reason);
        Assert.Equal(drive.UtcAtStart + change + TimeSpan.FromHours(1), drive.Limiter.Until!.Value, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void A_warning_that_flickers_is_told_at_once_and_no_more_than_twice_a_second()
    {
        var drive = Drive.OnTheRoad();
        var told = drive.Told<LimiterPublication>().Count();
        drive.Signal(VehicleSignal.Call, 1);
        Assert.Equal(HoldReason.Call, drive.Limiter.Reason);
        for (var i = 0; i < 10_000; i++)
        {
            drive.Passes(0.001).Signal(VehicleSignal.Speed, 60).Signal(i % 2 == 0 ? VehicleSignal.Call : VehicleSignal.Navigation, i / 2 % 2);
        }

        Assert.InRange(drive.Told<LimiterPublication>().Count() - told, 2, 31);
        drive.Signal(VehicleSignal.Call, 0).Signal(VehicleSignal.Navigation, 0).Waits(1.2);
        Assert.NotEqual(HoldReason.Call, drive.Limiter.Reason);
        Assert.NotEqual(HoldReason.Navigation, drive.Limiter.Reason);
    }

    [Fact]
    public void What_was_held_back_is_told_a_second_later()
    {
        var drive = Drive.OnTheRoad().Waits(5).Signal(VehicleSignal.Call, 1).Signal(VehicleSignal.Call, 0);
        Assert.Equal(HoldReason.Call, drive.Limiter.Reason);
        drive.Passes(1.1).Signal(VehicleSignal.Speed, 60).Send(new ClockTicked(drive.At));
        Assert.Null(drive.Limiter.Reason);
    }

    // No estimate is ever as sure as that.
    private static ConductorOptions SurerThanEver()
    {
        var options = ConductorOptions.Default;
        options.Limiter.MinConfidence = 0.9999;
        return options;
    }

    private static ConductorOptions With(LimiterProfile profile)
    {
        var options = ConductorOptions.Default;
        options.Limiter.Profile = profile;
        return options;
    }
}
