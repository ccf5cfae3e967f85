using CabinMood.Core.Conductor;
using CabinMood.Core.Conductor.Events;
using CabinMood.Core.Conductor.Publications;
using CabinMood.Core.Faces;
using CabinMood.Core.Moods;
using CabinMood.Core.Safety;

namespace CabinMood.Core.Tests.Conductor;

public class MoodChangeTests
{
    [Fact]
    public void When_the_car_moves_mood_changes_at_most_once_in_three_minutes()
    {
        var drive = Drive.OnTheRoad();
        for (var i = 0; i < 20; i++)
        {
            drive.Looks(i % 2 == 0 ? Mood.Happy : Mood.Tense).Waits(40);
        }

        var changes = drive.MoodChanges;
        Assert.True(changes.Count >= 3);
        Assert.All(changes.Zip(changes.Skip(1)), pair => Assert.True((pair.Second - pair.First).TotalSeconds >= 180));
    }

    [Fact]
    public void After_a_start_the_interval_runs_as_if_a_change_had_just_happened()
    {
        var drive = Drive.Starts().VehicleIsQuiet().DrivesAt(60).Consents().Looks(Mood.Happy).Waits(179);
        Assert.Empty(drive.MoodChanges);
        Assert.Equal(HoldReason.MinInterval, drive.Limiter.Reason);
        Assert.Equal(drive.UtcAtStart.AddSeconds(180), drive.Limiter.Until!.Value, TimeSpan.FromSeconds(1));

        drive.Waits(31);
        Assert.Single(drive.MoodChanges);
    }

    [Fact]
    public void The_mood_turns_the_music_at_a_track_boundary_and_says_why()
    {
        var drive = Drive.OnTheRoad().TrackEnds().Looks(Mood.Happy).Waits(25);
        Assert.Empty(drive.MoodChanges);
        Assert.Equal(HoldReason.TrackBoundary, drive.Limiter.Reason);

        drive.TrackEnds();

        Assert.Single(drive.MoodChanges);
        Assert.Equal(Mood.Happy, drive.Song.Why.Mood);
        Assert.Matches(@"^You looked happy for \d+ s, so here is something happy\.$", drive.Song.Why.Text);
        Assert.Equal(1, drive.Limiter.ChangesLastHour);
        Assert.Equal(HoldReason.MinInterval, drive.Limiter.Reason);
    }

    [Theory]
    [InlineData(VehicleSignal.Call, HoldReason.Call)]
    [InlineData(VehicleSignal.DmsWarning, HoldReason.DmsWarning)]
    [InlineData(VehicleSignal.Navigation, HoldReason.Navigation)]
    [InlineData(VehicleSignal.Esc, HoldReason.StabilityControl)]
    public void A_hold_freezes_the_target_and_never_the_succession_of_tracks(VehicleSignal signal, HoldReason reason)
    {
        var drive = Drive.OnTheRoad().Looks(Mood.Happy).Waits(19).Signal(signal, 1);
        var songs = drive.Songs.Count;

        drive.Waits(120);

        Assert.Empty(drive.MoodChanges);
        Assert.Equal(reason, drive.Limiter.Reason);
        Assert.True(drive.Songs.Count >= songs + 3);
        Assert.All(drive.Songs.Skip(songs), song => Assert.Equal(Mood.Neutral, song.Why.Mood));

        drive.Signal(signal, 0).TrackEnds();
        Assert.Single(drive.MoodChanges);
    }

    [Fact]
    public void A_lost_broker_freezes_until_every_fitted_signal_has_spoken_again()
    {
        var drive = Drive.OnTheRoad().Looks(Mood.Happy).Waits(19).Send(new BrokerLost(TimeAt()));
        drive.Waits(40);
        Assert.Empty(drive.MoodChanges);
        Assert.Equal(HoldReason.StaleSignal, drive.Limiter.Reason);

        drive.VehicleIsQuiet().DrivesAt(60).TrackEnds();
        Assert.Single(drive.MoodChanges);

        static Moment TimeAt() => new(TimeSpan.FromSeconds(199), new DateTimeOffset(2026, 6, 1, 12, 3, 19, TimeSpan.Zero));
    }

    [Fact]
    public void While_the_mood_is_unknown_the_last_target_stays()
    {
        var drive = Drive.OnTheRoad().Looks(Mood.Happy).Waits(40).TrackEnds().IsAway().Waits(120);
        Assert.Equal(Mood.Unknown, drive.Mood.Mood);
        Assert.Equal(FacePresence.Absent, drive.Mood.Face);
        Assert.Equal(Mood.Happy, drive.Song.Why.Mood);
    }

    [Fact]
    public void A_tired_driver_who_looked_calm_hears_neutral_songs()
    {
        var drive = Drive.OnTheRoad().Looks(Mood.Calm).Waits(40).TrackEnds();
        Assert.Equal(Mood.Calm, drive.Song.Why.Mood);

        drive.Signal(VehicleSignal.Fatigue, 75).TrackEnds();

        Assert.Equal(Mood.Neutral, drive.Song.Why.Mood);
        Assert.InRange(drive.Song.Song.Energy, 0.45f, 0.85f);
        Assert.DoesNotContain("calm", drive.Song.Why.Text, StringComparison.Ordinal);
        Assert.Single(drive.MoodChanges);
    }

    [Fact]
    public void A_tired_driver_who_asks_for_something_calm_gets_it()
    {
        var drive = Drive.OnTheRoad().Signal(VehicleSignal.Fatigue, 75).Wishes(Mood.Calm);
        Assert.Equal(Mood.Calm, drive.Song.Why.Mood);
        Assert.Equal(0.35f, drive.Song.Why.TargetEnergy);
    }

    [Fact]
    public void When_frames_stop_coming_the_face_is_no_longer_said_to_be_there()
    {
        var drive = Drive.OnTheRoad().Waits(5);
        Assert.Equal(FacePresence.Present, drive.Mood.Face);

        drive.CameraSees(null).Waits(4);

        Assert.Equal(FacePresence.Obscured, drive.Mood.Face);
    }

    [Fact]
    public void A_jump_of_the_wall_clock_moves_no_interval()
    {
        var drive = Drive.OnTheRoad().Looks(Mood.Happy).Waits(40).TrackEnds();
        Assert.Single(drive.MoodChanges);

        drive.UtcAtStart += TimeSpan.FromDays(49.71);
        drive.Looks(Mood.Tense).Waits(60);
        drive.UtcAtStart -= TimeSpan.FromDays(100);
        drive.Waits(60);

        Assert.Single(drive.MoodChanges);
        Assert.Equal(1, drive.Limiter.ChangesLastHour);
    }

    [Fact]
    public void A_new_trip_does_not_forget_how_often_music_changed_in_the_last_hour()
    {
        var drive = Drive.OnTheRoad().Looks(Mood.Happy).Waits(40).TrackEnds();

        drive.Signal(VehicleSignal.Ignition, (int)IgnitionState.Off).Signal(VehicleSignal.Ignition, (int)IgnitionState.On);

        Assert.Equal(1, drive.Limiter.ChangesLastHour);
    }

    [Fact]
    public void Doubt_that_flickers_is_not_told_thirty_times_a_second()
    {
        var drive = Drive.OnTheRoad();
        drive.Looks(Mood.Happy).Waits(10);
        var told = drive.Told<LimiterPublication>().Count();
        for (var i = 0; i < 300; i++)
        {
            drive.Passes(1 / 30.0).Signal(VehicleSignal.Speed, 60);
            drive.Send(new FaceSeen(drive.At, Readings.Face(i / 12 % 2 == 0 ? Mood.Tense : Mood.Happy), drive.State.CameraOpening));
        }

        Assert.InRange(drive.Told<LimiterPublication>().Count() - told, 0, 12);
    }
}
