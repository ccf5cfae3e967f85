using CabinMood.Core.Conductor;
using CabinMood.Core.Conductor.Commands;
using CabinMood.Core.Conductor.Effects;
using CabinMood.Core.Conductor.Publications;
using CabinMood.Core.Moods;
using CabinMood.Core.Safety;

namespace CabinMood.Core.Tests.Conductor;

public class OverrideTests
{
    [Fact]
    public void A_wish_plays_at_once_whatever_holds_and_is_acknowledged()
    {
        var drive = Drive.OnTheRoad().Signal(VehicleSignal.Call, 1).Signal(VehicleSignal.Esc, 1);

        drive.Wishes(Mood.Energetic);

        var song = Assert.IsType<SongPublication>(drive.Effects.OfType<Publish>().First().Publication);
        Assert.Equal(Mood.Energetic, song.Why.Mood);
        Assert.Equal(ReplyStatus.Ok, Assert.Single(drive.RepliesTo(drive.LastCommand)).Status);
        Assert.Equal(HoldReason.OverrideActive, drive.Limiter.Reason);
    }

    [Fact]
    public void A_wish_needs_neither_consent_nor_a_camera()
    {
        var drive = Drive.Starts().Wishes(Mood.Happy);
        Assert.Equal(Mood.Happy, drive.Song.Why.Mood);
    }

    [Fact]
    public void A_wish_for_the_trip_outlasts_the_mood_and_ends_with_the_trip()
    {
        var drive = Drive.OnTheRoad().Wishes(Mood.Calm).Looks(Mood.Tense).Waits(600);
        Assert.Empty(drive.MoodChanges);
        Assert.Equal(Mood.Calm, drive.Song.Why.Mood);

        drive.Signal(VehicleSignal.Ignition, (int)IgnitionState.Off).Signal(VehicleSignal.Ignition, (int)IgnitionState.On);
        Assert.Equal(Mood.Neutral, drive.Song.Why.Mood);
    }

    [Fact]
    public void A_wish_for_a_song_ends_with_it_and_the_music_goes_back()
    {
        var drive = Drive.OnTheRoad().Wishes(Mood.Energetic, OverrideSpan.Song).Waits(10);
        Assert.Equal(Mood.Energetic, drive.Song.Why.Mood);

        drive.Waits(25);

        Assert.Equal(Mood.Neutral, drive.Song.Why.Mood);
        Assert.Matches(@"^Your wish is over; you looked at ease for \d+ s: something in between\.$", drive.Song.Why.Text);
        Assert.Equal(1, drive.Limiter.ChangesLastHour);
    }

    [Fact]
    public void Without_a_camera_the_end_of_a_wish_brings_neutral_back_and_says_why()
    {
        var drive = Quiet().Waits(200).Wishes(Mood.Energetic, OverrideSpan.Song).TrackEnds();
        Assert.Equal("Your wish is over; here is something in between.", drive.Song.Why.Text);
        Assert.Equal(Mood.Neutral, drive.TrackEnds().Song.Why.Mood);
        Assert.StartsWith("More of the same", drive.Song.Why.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Inside_the_interval_the_end_of_a_wish_changes_nothing_yet()
    {
        var drive = Quiet().Wishes(Mood.Happy, OverrideSpan.Song).TrackEnds();
        Assert.Equal("Your wish is over; more of the same for now: something happy.", drive.Song.Why.Text);
        Assert.Equal(Mood.Happy, drive.Waits(170).Song.Why.Mood);
        Assert.Equal("More of the same: something happy.", drive.Song.Why.Text);

        Assert.Contains("Your wish is over; here is something in between.", drive.Waits(40).Songs.Select(song => song.Why.Text));
        Assert.Equal(Mood.Neutral, drive.Song.Why.Mood);
    }

    [Theory]
    [InlineData(VehicleSignal.Call)]
    [InlineData(VehicleSignal.Navigation)]
    [InlineData(VehicleSignal.DmsWarning)]
    public void During_a_freeze_the_end_of_a_wish_changes_nothing_yet(VehicleSignal freeze)
    {
        var drive = Drive.OnTheRoad().Wishes(Mood.Happy, OverrideSpan.For(TimeSpan.FromMinutes(1))).Signal(freeze, 1).Waits(120);
        Assert.Null(drive.State.Override);
        Assert.Equal(Mood.Happy, drive.TrackEnds().Song.Why.Mood);

        drive.Signal(freeze, 0).TrackEnds();
        Assert.Equal(Mood.Neutral, drive.Song.Why.Mood);
        Assert.StartsWith("Your wish is over; you looked at ease", drive.Song.Why.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_a_profile_never_lets_a_mood_change_anything_a_wish_ends_all_the_same()
    {
        var options = ConductorOptions.Default;
        options.Limiter.Profile = LimiterProfile.Parked;
        var drive = Drive.OnTheRoad(options).Wishes(Mood.Sad, OverrideSpan.Song).TrackEnds();
        Assert.Equal("Your wish is over; here is something in between.", drive.Song.Why.Text);
    }

    [Fact]
    public void When_a_wish_for_a_song_ends_a_sure_mood_may_take_over_at_that_boundary()
    {
        var drive = Drive.OnTheRoad().Wishes(Mood.Energetic, OverrideSpan.Song).Looks(Mood.Tense).Waits(35);
        Assert.Single(drive.MoodChanges);
        Assert.Equal(Mood.Tense, drive.Song.Why.Mood);
    }

    [Fact]
    public void A_skip_keeps_a_wish_for_a_song_until_the_song_that_replaced_it_ends()
    {
        var drive = Drive.OnTheRoad().Wishes(Mood.Energetic, OverrideSpan.Song).Waits(5).Skips();
        Assert.Equal(Mood.Energetic, drive.Song.Why.Mood);
        Assert.Equal(Mood.Neutral, drive.TrackEnds().Song.Why.Mood);
    }

    [Fact]
    public void What_the_tired_are_spared_is_named()
    {
        var drive = Quiet().Wishes(Mood.Calm, OverrideSpan.Song).Signal(VehicleSignal.Fatigue, 80).TrackEnds();
        Assert.Equal("You are tired, so nothing sleepy: something in between.", drive.Song.Why.Text);
        Assert.Equal(Mood.Neutral, drive.Song.Why.Mood);
    }

    [Fact]
    public void A_wish_for_a_time_ends_with_it()
    {
        var drive = Drive.OnTheRoad().Wishes(Mood.Energetic, OverrideSpan.For(TimeSpan.FromMinutes(2))).Waits(119);
        Assert.Equal(HoldReason.OverrideActive, drive.Limiter.Reason);

        drive.Waits(2);
        Assert.NotEqual(HoldReason.OverrideActive, drive.Limiter.Reason);
        Assert.Equal(Mood.Neutral, drive.TrackEnds().Song.Why.Mood);
    }

    [Fact]
    public void A_wish_for_longer_than_time_itself_lasts()
    {
        var drive = Drive.OnTheRoad().Wishes(Mood.Happy, OverrideSpan.For(TimeSpan.MaxValue)).Waits(60);
        Assert.Equal(HoldReason.OverrideActive, drive.Limiter.Reason);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_wish_for_no_time_is_refused(double seconds)
    {
        var drive = Drive.OnTheRoad().Wishes(Mood.Happy, OverrideSpan.For(TimeSpan.FromSeconds(seconds)));
        Assert.Equal(ReplyStatus.Error, Assert.Single(drive.RepliesTo(drive.LastCommand)).Status);
        Assert.Equal(Mood.Neutral, drive.Song.Why.Mood);
    }

    [Fact]
    public void A_newer_wish_supersedes_and_the_older_hears_of_it()
    {
        var drive = Drive.OnTheRoad().Wishes(Mood.Happy);
        var first = drive.LastCommand;
        drive.Wishes(Mood.Calm);

        Assert.Equal([ReplyStatus.Ok, ReplyStatus.Superseded], drive.RepliesTo(first).Select(reply => reply.Status));
        Assert.Equal([ReplyStatus.Ok], drive.RepliesTo(drive.LastCommand).Select(reply => reply.Status));
    }

    [Fact]
    public void A_wish_superseded_while_it_waits_for_the_disk_still_hears_ok_first()
    {
        var drive = Drive.OnTheRoad();
        drive.HoldsCommits = true;
        drive.Wishes(Mood.Happy);
        var first = drive.LastCommand;
        drive.Wishes(Mood.Calm).Commits();

        Assert.Equal([ReplyStatus.Ok, ReplyStatus.Superseded], drive.RepliesTo(first).Select(reply => reply.Status));
    }

    [Fact]
    public void A_storm_of_wishes_leaves_the_last_one_and_answers_every_one()
    {
        var drive = Drive.OnTheRoad();
        for (var i = 0; i < 100; i++)
        {
            drive.Passes(0.06).Wishes(i % 2 == 0 ? Mood.Happy : Mood.Calm);
        }

        Assert.Equal(Mood.Calm, drive.Song.Why.Mood);
        Assert.Equal(99, drive.Told<ReplyPublication>().Count(reply => reply.Status == ReplyStatus.Superseded));
    }

    [Fact]
    public void A_wish_for_another_trip_is_expired()
    {
        var drive = Drive.OnTheRoad();
        drive.AsksAgain(new OverrideMood("old", CommandSource.Voice, "another", Mood.Happy, OverrideSpan.Trip));
        drive.AsksAgain(new OverrideButton("old2", CommandSource.Wheel, "", OverrideAction.Next));

        Assert.Equal("expired", Assert.Single(drive.RepliesTo("old")).Error);
        Assert.Equal("expired", Assert.Single(drive.RepliesTo("old2")).Error);
        Assert.Equal(Mood.Neutral, drive.Song.Why.Mood);
    }

    [Fact]
    public void Clearing_lets_the_mood_choose_again()
    {
        var drive = Drive.OnTheRoad().Wishes(Mood.Calm).Looks(Mood.Happy).Waits(40);
        drive.Asks(id => new ClearOverride(id, CommandSource.Touch)).TrackEnds();
        Assert.Equal(Mood.Happy, drive.Song.Why.Mood);
    }

    [Fact]
    public void Previous_target_goes_back_and_is_a_wish()
    {
        var drive = Drive.OnTheRoad().Looks(Mood.Happy).Waits(40).TrackEnds();
        Assert.Equal(Mood.Happy, drive.Song.Why.Mood);

        drive.Presses(OverrideAction.PreviousTarget);

        var song = Assert.IsType<SongPublication>(drive.Effects.OfType<Publish>().First().Publication);
        Assert.Equal(Mood.Neutral, song.Why.Mood);
        Assert.Equal(HoldReason.OverrideActive, drive.Limiter.Reason);
    }

    [Fact]
    public void Next_plays_another_song_for_the_same_target_at_once()
    {
        var drive = Drive.OnTheRoad().Wishes(Mood.Happy);
        var song = drive.Song;
        drive.Presses(OverrideAction.Next);
        Assert.NotEqual(song.Song.Id, drive.Song.Song.Id);
        Assert.Equal(Mood.Happy, drive.Song.Why.Mood);
    }

    [Fact]
    public void Stop_silences_until_auto()
    {
        var drive = Drive.OnTheRoad().Presses(OverrideAction.Stop);
        var songs = drive.Songs.Count;
        drive.Looks(Mood.Happy).Waits(120);
        Assert.Equal(songs, drive.Songs.Count);

        drive.Presses(OverrideAction.Auto);
        Assert.Equal(songs + 1, drive.Songs.Count);
    }

    [Fact]
    public void A_wish_survives_a_restart_for_its_stated_time()
    {
        var drive = Drive.OnTheRoad().Wishes(Mood.Calm, OverrideSpan.For(TimeSpan.FromMinutes(10))).Waits(60);
        var record = drive.Steps.SelectMany(step => step.Effects).OfType<SaveTrip>().Last().Record;

        var restarted = Drive.Starts(stored: record, utc: drive.At.Utc.AddSeconds(5));
        Assert.Equal(Mood.Calm, restarted.Song.Why.Mood);
        Assert.Equal(HoldReason.OverrideActive, restarted.Limiter.Reason);

        restarted.Waits(535);
        Assert.NotEqual(HoldReason.OverrideActive, restarted.Limiter.Reason);
    }

    [Fact]
    public void A_wish_that_could_not_be_stored_says_so_and_is_heard_all_the_same()
    {
        var drive = Drive.OnTheRoad();
        drive.CommitError = "the disk is full";
        drive.Wishes(Mood.Happy);
        Assert.Equal("done, but a restart would forget it: the disk is full", Assert.Single(drive.RepliesTo(drive.LastCommand)).Error);
        Assert.Equal(Mood.Happy, drive.Song.Why.Mood);
    }

    [Fact]
    public void A_wish_for_a_song_survives_a_restart_for_one_song()
    {
        var drive = Drive.OnTheRoad().Wishes(Mood.Sad, OverrideSpan.Song).Waits(5);
        var record = drive.Steps.SelectMany(step => step.Effects).OfType<SaveTrip>().Last().Record;

        var restarted = Drive.Starts(stored: record, utc: drive.At.Utc.AddSeconds(5)).VehicleIsQuiet().DrivesAt(60);
        Assert.Equal(Mood.Sad, restarted.Song.Why.Mood);
        Assert.StartsWith("Your wish is over", restarted.TrackEnds().Song.Why.Text, StringComparison.Ordinal);
        Assert.Equal(Mood.Neutral, restarted.Waits(215).Song.Why.Mood);
    }

    [Fact]
    public void After_a_restart_a_newer_wish_supersedes_and_the_same_one_delivered_again_does_not()
    {
        var drive = Drive.OnTheRoad();
        var wish = new OverrideMood("wish", CommandSource.Voice, drive.State.Trip, Mood.Calm, OverrideSpan.Trip);
        drive.AsksAgain(wish);
        var record = drive.Steps.SelectMany(step => step.Effects).OfType<SaveTrip>().Last().Record;

        var restarted = Drive.Starts(stored: record, utc: drive.At.Utc.AddSeconds(5)).AsksAgain(wish);
        Assert.Equal([ReplyStatus.Ok], restarted.RepliesTo("wish").Select(reply => reply.Status));

        restarted.Wishes(Mood.Happy);
        Assert.Equal([ReplyStatus.Ok, ReplyStatus.Superseded], restarted.RepliesTo("wish").Select(reply => reply.Status));
    }

    // On the road without consent: nothing is read.
    private static Drive Quiet() => Drive.Starts().VehicleIsQuiet().DrivesAt(60);
}
