using CabinMood.Core.Conductor;
using CabinMood.Core.Conductor.Commands;
using CabinMood.Core.Conductor.Effects;
using CabinMood.Core.Conductor.Events;
using CabinMood.Core.Faces;
using CabinMood.Core.Moods;
using CabinMood.Core.Safety;
using CabinMood.Core.Songs;

namespace CabinMood.Core.Tests.Conductor;

public class TripTests
{
    [Fact]
    public void A_trip_starts_with_the_service_and_has_an_id_of_its_own()
    {
        Assert.NotEqual("", Drive.Starts(seed: 1).Privacy.Trip);
        Assert.NotEqual(Drive.Starts(seed: 1).Privacy.Trip, Drive.Starts(seed: 2).Privacy.Trip);
    }

    [Theory]
    [InlineData(IgnitionState.Off)]
    [InlineData(IgnitionState.Lock)]
    public void Ignition_off_ends_the_trip_and_closes_the_camera_first(IgnitionState ignition)
    {
        var drive = Drive.OnTheRoad().Signal(VehicleSignal.Ignition, (int)ignition);
        Assert.IsType<CloseCamera>(drive.Effects[0]);
        Assert.Equal("", drive.Privacy.Trip);
        Assert.Equal(Consent.Withheld, drive.Privacy.Consent);
    }

    [Fact]
    public void Ignition_on_begins_a_new_trip_without_consent()
    {
        var drive = Drive.OnTheRoad();
        var trip = drive.Privacy.Trip;
        drive.Signal(VehicleSignal.Ignition, (int)IgnitionState.Off).Signal(VehicleSignal.Ignition, (int)IgnitionState.Acc);
        Assert.Equal("", drive.Privacy.Trip);

        drive.Signal(VehicleSignal.Ignition, (int)IgnitionState.On);

        Assert.NotEqual(trip, drive.Privacy.Trip);
        Assert.NotEqual("", drive.Privacy.Trip);
        Assert.Equal(Consent.Withheld, drive.Privacy.Consent);
        Assert.False(drive.CameraIsOpen);
    }

    [Fact]
    public void Ignition_on_during_a_trip_changes_nothing()
    {
        var drive = Drive.OnTheRoad();
        var trip = drive.Privacy.Trip;
        drive.Signal(VehicleSignal.Ignition, (int)IgnitionState.Start).Signal(VehicleSignal.Ignition, (int)IgnitionState.On);
        Assert.Equal(trip, drive.Privacy.Trip);
        Assert.True(drive.CameraIsOpen);
    }

    [Fact]
    public void A_retained_off_ends_a_trip_and_a_retained_on_begins_none()
    {
        var drive = Drive.OnTheRoad().Signal(VehicleSignal.Ignition, (int)IgnitionState.Off, retained: true);
        Assert.Equal("", drive.Privacy.Trip);

        drive.Signal(VehicleSignal.Ignition, (int)IgnitionState.On, retained: true);
        Assert.Equal("", drive.Privacy.Trip);
    }

    [Fact]
    public void An_ignition_that_is_not_fitted_or_comes_late_changes_nothing()
    {
        var options = ConductorOptions.Default;
        options.Vehicle.Ignition.Kind = SignalKind.Absent;
        Assert.NotEqual("", Drive.OnTheRoad(options).Signal(VehicleSignal.Ignition, (int)IgnitionState.Off).Privacy.Trip);

        var drive = Drive.OnTheRoad();
        drive.Signal(VehicleSignal.Ignition, (int)IgnitionState.On, sent: drive.At.Utc);
        drive.Signal(VehicleSignal.Ignition, (int)IgnitionState.Off, sent: drive.At.Utc.AddSeconds(-5));
        Assert.NotEqual("", drive.Privacy.Trip);
    }

    [Fact]
    public void Thirty_seconds_standing_without_a_face_mean_a_new_driver()
    {
        var drive = Drive.OnTheRoad().Looks(Mood.Happy).Waits(40).Parks().IsAway().Waits(29);
        Assert.Equal(Consent.Granted, drive.Privacy.Consent);

        drive.Waits(2);

        Assert.Equal(Consent.Withheld, drive.Privacy.Consent);
        Assert.False(drive.CameraIsOpen);
        Assert.Equal(Mood.Neutral, drive.TrackEnds().Song.Why.Mood);
    }

    [Fact]
    public void A_new_driver_finds_nothing_of_the_last_one_but_the_wish_which_lasts_for_the_trip()
    {
        var drive = Drive.OnTheRoad().Looks(Mood.Happy).Waits(40).Wishes(Mood.Calm).Parks().IsAway().Waits(32);

        Assert.Equal(Consent.Withheld, drive.Privacy.Consent);
        Assert.Equal(Mood.Unknown, drive.Mood.Mood);
        Assert.Equal(0, drive.State.Mood.Resting.QuietSeconds);
        Assert.Equal(Mood.Calm, drive.State.Override?.Mood);
        Assert.Null(drive.Waits(600).State.Override);
    }

    [Fact]
    public void A_driver_who_looks_away_while_driving_stays_the_driver()
    {
        var drive = Drive.OnTheRoad().IsAway().Waits(300);
        Assert.Equal(Consent.Granted, drive.Privacy.Consent);
    }

    [Fact]
    public void A_face_in_between_starts_the_thirty_seconds_anew()
    {
        var drive = Drive.OnTheRoad().Parks().IsAway().Waits(25).Looks(Mood.Neutral).Waits(1).IsAway().Waits(25);
        Assert.Equal(Consent.Granted, drive.Privacy.Consent);
    }

    [Fact]
    public void Ten_minutes_standing_without_a_face_end_the_trip()
    {
        var drive = Drive.OnTheRoad().Wishes(Mood.Calm).Parks().IsAway();
        var trip = drive.Privacy.Trip;
        drive.Waits(599);
        Assert.Equal(trip, drive.Privacy.Trip);

        drive.Waits(2);
        Assert.NotEqual(trip, drive.Privacy.Trip);
        Assert.Null(drive.State.Override);
    }

    [Theory]
    [InlineData("never agreed")]
    [InlineData("closed camera")]
    [InlineData("withdrawn")]
    [InlineData("commercial")]
    public void Where_no_camera_looks_nobody_is_seen_to_leave(string why)
    {
        var options = ConductorOptions.Default;
        options.Limiter.Profile = why == "commercial" ? LimiterProfile.Commercial : LimiterProfile.Standard;
        var drive = Drive.Starts(options).VehicleIsQuiet().Parks();
        drive = why switch
        {
            "closed camera" => drive.Consents().IsAway().Waits(5).ClosesCamera(),
            "withdrawn" => drive.Consents().IsAway().Waits(5).Withdraws(),
            _ => drive,
        };
        var (trip, consent) = (drive.Privacy.Trip, drive.Privacy.Consent);

        drive.Wishes(Mood.Calm).Waits(1300);

        Assert.Equal(trip, drive.Privacy.Trip);
        Assert.Equal(consent, drive.Privacy.Consent);
        Assert.Equal(Mood.Calm, drive.Song.Why.Mood);
    }

    [Fact]
    public void Who_asks_for_something_after_the_driver_left_is_there()
    {
        var drive = Drive.OnTheRoad().Parks().IsAway().Waits(60);
        Assert.Equal(Consent.Withheld, drive.Privacy.Consent);
        var trip = drive.Wishes(Mood.Calm).Privacy.Trip;
        Assert.Equal(trip, drive.Waits(700).Privacy.Trip);
        Assert.NotNull(drive.State.Override);
    }

    [Fact]
    public void A_covered_camera_ends_consent_but_not_the_trip()
    {
        var drive = Drive.OnTheRoad().Parks().CameraSees(() => new FaceObservation(FacePresence.Obscured, default)).Waits(31);
        Assert.Equal(Consent.Withheld, drive.Privacy.Consent);
        var trip = drive.Privacy.Trip;
        Assert.Equal(trip, drive.Waits(700).Privacy.Trip);
    }

    [Fact]
    public void The_changes_of_the_hour_outlast_a_restart()
    {
        var drive = Drive.OnTheRoad(tickSeconds: 1).Looks(Mood.Happy).Waits(60);
        Assert.Equal(1, drive.Limiter.ChangesLastHour);
        var record = drive.Steps.SelectMany(step => step.Effects).OfType<SaveTrip>().Last().Record;

        var restarted = Drive.Starts(stored: record, utc: drive.At.Utc.AddSeconds(5));
        Assert.Equal(1, restarted.Limiter.ChangesLastHour);

        restarted.TickSeconds = 1;
        Assert.Equal(1, restarted.Waits(3500).State.Changes.CountLastHour(restarted.Now));
        Assert.Equal(0, restarted.Waits(100).State.Changes.CountLastHour(restarted.Now));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-2)]
    [InlineData(87600)]
    public void Changes_at_wall_times_that_make_no_sense_count_as_just_now(double hours)
    {
        var noon = new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
        var record = new TripRecord("t1", noon, Consent.Granted, true, null)
        {
            ChangesUtc = [.. Enumerable.Repeat(noon.AddHours(hours), 12)],
        };

        var drive = Drive.Starts(stored: record, utc: noon.AddSeconds(5)).VehicleIsQuiet().DrivesAt(60).Looks(Mood.Happy).Waits(600);

        Assert.Empty(drive.MoodChanges);
        Assert.Equal(HoldReason.DriverChangeBudget, drive.Limiter.Reason);
        Assert.Equal(noon.AddSeconds(3605), drive.Limiter.Until);
    }

    [Fact]
    public void A_command_that_comes_when_the_trip_is_over_is_expired_even_if_nothing_ticked_in_between()
    {
        var options = ConductorOptions.Default;
        options.Vehicle.Speed.Kind = SignalKind.OnChange;
        var drive = Drive.OnTheRoad(options).Parks().IsAway().Waits(1);

        drive.Passes(700).Wishes(Mood.Happy);

        Assert.Equal("expired", drive.RepliesTo(drive.LastCommand)[^1].Error ?? "obeyed");
    }

    [Fact]
    public void A_restart_within_a_trip_keeps_consent_and_numbers_its_choices_anew()
    {
        var drive = Drive.OnTheRoad().Waits(20);
        var record = drive.Steps.SelectMany(step => step.Effects).OfType<SaveTrip>().Last().Record;

        var restarted = Drive.Starts(seed: 99, stored: record, utc: drive.At.Utc.AddSeconds(10));

        Assert.Equal(drive.Privacy.Trip, restarted.Privacy.Trip);
        Assert.True(restarted.CameraIsOpen);
        Assert.Empty(drive.Songs.Select(song => song.ChoiceId).Intersect(restarted.Songs.Select(song => song.ChoiceId)));
    }

    [Theory]
    [InlineData(31)]
    [InlineData(-1)]
    [InlineData(86400 * 49.0)]
    public void A_record_that_is_old_or_from_the_future_continues_nothing(double age)
    {
        var record = new TripRecord("t1", new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero), Consent.Granted, true, new StoredOverride("o1", Mood.Calm, null));

        var drive = Drive.Starts(stored: record, utc: record.SavedUtc.AddSeconds(age));

        Assert.NotEqual("t1", drive.Privacy.Trip);
        Assert.Equal(Consent.Withheld, drive.Privacy.Consent);
        Assert.Null(drive.State.Override);
    }

    [Fact]
    public void A_restart_while_the_driver_plays_something_else_stays_silent_until_asked()
    {
        var record = new TripRecord("t1", new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero), Consent.Granted, true, null, SongsSilenced: true);

        var drive = Drive.Starts(stored: record, utc: record.SavedUtc.AddSeconds(3)).Waits(60);
        Assert.Empty(drive.Songs);

        drive.Presses(OverrideAction.Auto);
        Assert.Single(drive.Songs);
    }

    [Fact]
    public void A_trip_worth_keeping_is_stored_often_enough_to_bridge_a_restart()
    {
        var drive = Drive.OnTheRoad().Waits(60);
        var saves = drive.Steps.Where(step => step.Effects.Any(effect => effect is SaveTrip)).Select(step => step.Event.At.Elapsed.TotalSeconds).ToList();
        Assert.All(saves.Zip(saves.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 0, 15));
        Assert.InRange(saves.Count, 20, 30);
    }

    [Fact]
    public void Without_consent_or_a_wish_nothing_is_written_again_and_again()
    {
        var drive = Drive.Starts().VehicleIsQuiet().DrivesAt(50).Waits(120);
        Assert.Single(drive.Steps, step => step.Effects.Any(effect => effect is SaveTrip));
        Assert.DoesNotContain(drive.Steps, step => step.Event is FaceSeen);
    }

    [Theory]
    [InlineData(IgnitionState.On, true)]
    [InlineData(IgnitionState.Start, true)]
    [InlineData(IgnitionState.Acc, true)]
    [InlineData(IgnitionState.Off, false)]
    [InlineData(IgnitionState.Lock, false)]
    public void What_the_broker_kept_of_the_ignition_leaves_the_trip_that_began_with_the_service_or_ends_it(IgnitionState ignition, bool goesOn)
    {
        var drive = Drive.Starts();
        var trip = drive.Privacy.Trip;

        drive.Signal(VehicleSignal.Ignition, (int)ignition, retained: true);

        Assert.Equal(goesOn ? trip : "", drive.Privacy.Trip);
        Assert.Equal(Consent.Withheld, drive.Privacy.Consent);
    }

    [Fact]
    public void An_event_from_a_moment_before_the_latest_one_happens_at_the_latest()
    {
        var drive = Drive.OnTheRoad();
        var now = drive.State.Clock;
        drive.Passes(-0.5).Wishes(Mood.Calm, OverrideSpan.For(TimeSpan.FromMinutes(1)));
        Assert.Equal(now + TimeSpan.FromMinutes(1), drive.State.Override!.Until);
        Assert.Equal(now + TimeSpan.FromSeconds(0.5), drive.Passes(1).Send(new ClockTicked(drive.At)).State.Clock);
    }

    [Theory]
    [InlineData(-100)]
    [InlineData(-3600)]
    [InlineData(-49.71 * 86400)]
    public void When_the_monotonic_clock_is_set_back_time_goes_on_and_the_signals_are_doubted(double seconds)
    {
        var drive = Drive.OnTheRoad().Wishes(Mood.Calm, OverrideSpan.For(TimeSpan.FromMinutes(1)));
        drive.Passes(Math.Max(seconds, -drive.Now.TotalSeconds)).Send(new ClockTicked(drive.At));
        Assert.NotEmpty(drive.State.Vehicle.AllStale(drive.State.Clock, drive.Options.Vehicle));

        var songs = drive.Songs.Count;
        drive.Waits(61);
        Assert.Null(drive.State.Override);
        Assert.True(drive.Songs.Count > songs);
        Assert.Equal(HoldReason.StaleSignal, drive.Limiter.Reason);

        drive.VehicleIsQuiet().Waits(1);
        Assert.NotEqual(HoldReason.StaleSignal, drive.Limiter.Reason);
    }

    [Fact]
    public void A_signal_that_fell_silent_is_no_younger_for_a_clock_that_went_back_by_less_than_a_second()
    {
        var drive = Drive.OnTheRoad().DrivesAt(60).SpeedFallsSilent();
        var maxAge = drive.Options.Vehicle[VehicleSignal.Speed].MaxAgeSeconds;
        drive.Passes(-0.9).Send(new ClockTicked(drive.At));

        drive.Passes(maxAge - 0.1).Send(new ClockTicked(drive.At));
        Assert.Empty(drive.State.Vehicle.AllStale(drive.State.Clock, drive.Options.Vehicle));

        drive.Passes(0.2).Send(new ClockTicked(drive.At));
        Assert.Equal([VehicleSignal.Speed], drive.State.Vehicle.AllStale(drive.State.Clock, drive.Options.Vehicle));
    }

    [Fact]
    public void Events_that_overtake_one_another_do_not_add_up_to_an_age()
    {
        var drive = Drive.OnTheRoad();
        var age = drive.State.Clock - drive.State.Vehicle[VehicleSignal.Gear].ArrivedAt;
        for (var i = 0; i < 100; i++)
        {
            drive.Passes(-0.001).Send(new ClockTicked(drive.At)).Passes(0.001).Send(new ClockTicked(drive.At));
        }

        Assert.InRange(drive.State.Clock - drive.State.Vehicle[VehicleSignal.Gear].ArrivedAt, age, age + TimeSpan.FromSeconds(0.1));
    }

    [Fact]
    public void Instants_at_the_ends_of_time_break_nothing()
    {
        var drive = Drive.OnTheRoad();
        for (var i = 0; i < 100; i++)
        {
            var elapsed = i % 2 == 0 ? TimeSpan.MaxValue : TimeSpan.MinValue;
            drive.Send(new ClockTicked(new Moment(elapsed, DateTimeOffset.MaxValue))).Send(new ClockTicked(new Moment(elapsed, DateTimeOffset.MinValue)));
        }

        Assert.True(drive.State.Clock < TimeSpan.MaxValue);
    }

    [Fact]
    public void A_song_chosen_in_park_plays_on_when_the_car_drives_off_and_the_next_keeps_the_caps()
    {
        var drive = Drive.Starts(catalogue: Loud).VehicleIsQuiet().Parks().Wishes(Mood.Energetic);
        var loud = drive.Song;
        Assert.True(loud.Song.Energy > drive.Options.Songs.MovingMaxEnergy);

        drive.DrivesAt(50).Waits(5);
        Assert.Equal(loud, drive.Song);

        Assert.InRange(drive.TrackEnds().Song.Song.Energy, 0, (float)drive.Options.Songs.MovingMaxEnergy);
    }

    // One half of the songs breaks the caps for a moving car; all lie around the energetic target.
    private static IReadOnlyList<Song> Loud =>
        [.. Enumerable.Range(0, 40).Select(i => Catalogue.Song($"s{i:00}", 0.6f, i < 20 ? 0.9f : 0.4f, artist: $"Artist {i}"))];
}
