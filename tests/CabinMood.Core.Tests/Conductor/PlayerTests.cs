using CabinMood.Core.Conductor;
using CabinMood.Core.Conductor.Commands;
using CabinMood.Core.Conductor.Effects;
using CabinMood.Core.Conductor.Events;
using CabinMood.Core.Conductor.Publications;
using CabinMood.Core.Moods;
using CabinMood.Core.Safety;

namespace CabinMood.Core.Tests.Conductor;

public class PlayerTests
{
    [Fact]
    public void After_a_restart_while_the_driver_plays_something_else_no_retained_song_tells_of_a_face()
    {
        var drive = Drive.OnTheRoad().Looks(Mood.Sad).Waits(25).TrackEnds();
        Assert.Equal(Mood.Sad, drive.Song.Why.Mood);

        drive.PlaysSomethingElse().Restarts(5).Withdraws();

        Assert.IsType<SongForgotten>(drive.Told<Publication>().Last(told => told is SongPublication or SongForgotten));
    }

    [Fact]
    public void What_was_to_be_forgotten_while_the_broker_was_away_is_forgotten_when_it_is_back()
    {
        var drive = Drive.OnTheRoad().Looks(Mood.Sad).Waits(25).TrackEnds().PlaysSomethingElse();
        drive.Send(new BrokerLost(drive.At)).Withdraws();
        var lost = drive.Steps.Count;

        drive.Send(new BrokerConnected(drive.At));

        Assert.Single(drive.Steps.Skip(lost).SelectMany(step => step.Effects).OfType<Publish>(), told => told.Publication is SongForgotten);
    }

    [Fact]
    public void A_track_is_followed_by_the_next_shortly_before_it_ends()
    {
        var drive = Drive.OnTheRoad().TrackEnds();
        var songs = drive.Songs.Count;
        drive.Player(PlayerState.Playing, remainingMs: 10_000).Waits(8.8);
        Assert.Equal(songs, drive.Songs.Count);
        drive.Waits(0.4);
        Assert.Equal(songs + 1, drive.Songs.Count);
    }

    [Fact]
    public void Without_a_word_from_the_player_tracks_follow_by_their_length()
    {
        var drive = Drive.Starts().Waits(28);
        Assert.Single(drive.Songs);
        drive.Waits(2);
        Assert.Equal(2, drive.Songs.Count);
    }

    [Fact]
    public void A_paused_track_waits_for_ever_and_goes_on_where_it_was()
    {
        var drive = Drive.Starts().Waits(5).Player(PlayerState.Paused, positionMs: 5000).Waits(600);
        Assert.Single(drive.Songs);
        drive.Player(PlayerState.Playing, positionMs: 5000).Waits(20);
        Assert.Single(drive.Songs);
        drive.Waits(6);
        Assert.Equal(2, drive.Songs.Count);
    }

    [Fact]
    public void A_track_that_stopped_at_its_end_is_followed_by_the_next()
    {
        var drive = Drive.Starts().Waits(5).Player(PlayerState.Stopped, remainingMs: 0);
        Assert.Equal(2, drive.Songs.Count);
        Assert.Equal(3, drive.Waits(5).Player(PlayerState.Stopped).Songs.Count);
        Assert.Equal(4, drive.Waits(27).Player(PlayerState.Stopped, positionMs: 0).Songs.Count);
    }

    [Fact]
    public void A_track_that_the_driver_stopped_in_the_middle_stays_stopped()
    {
        var drive = Drive.Starts().Waits(5).Player(PlayerState.Stopped, remainingMs: 25_000, positionMs: 5000).Waits(300);
        Assert.Single(drive.Songs);
        drive.Player(PlayerState.Playing, remainingMs: 2000).Waits(2);
        Assert.Equal(2, drive.Songs.Count);
    }

    [Fact]
    public void A_player_that_cannot_open_tracks_does_not_rush_through_the_catalogue()
    {
        var drive = Drive.Starts();
        for (var i = 0; i < 1000; i++)
        {
            drive.Passes(0.01).Player(PlayerState.Stopped);
        }

        Assert.InRange(drive.Songs.Count, 2, 6);
    }

    [Fact]
    public void Tracks_of_no_length_do_not_rush()
    {
        var drive = Drive.Starts(catalogue: [.. Catalogue.Grid.Select(song => song with { LengthMs = 1 })]).Waits(10);
        Assert.InRange(drive.Songs.Count, 2, 6);
    }

    [Fact]
    public void A_report_about_an_earlier_choice_is_not_believed()
    {
        var drive = Drive.Starts().Waits(5);
        var old = drive.Song.ChoiceId;
        drive.Presses(OverrideAction.Next).Waits(5).Player(PlayerState.Stopped, remainingMs: 0, choice: old);
        Assert.Equal(2, drive.Songs.Count);
    }

    [Fact]
    public void While_the_driver_plays_something_else_nothing_is_published_until_auto()
    {
        var drive = Drive.OnTheRoad().PlaysSomethingElse();
        var songs = drive.Songs.Count;

        drive.Looks(Mood.Happy).Waits(120).Skips().Send(new BrokerLost(drive.At)).Send(new BrokerConnected(drive.At)).Waits(60);
        Assert.Equal(songs, drive.Songs.Count);

        drive.Presses(OverrideAction.Auto);
        Assert.Equal(songs + 1, drive.Songs.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void No_end_of_a_trip_plays_over_what_the_driver_put_on(bool byIgnition)
    {
        var drive = Drive.OnTheRoad().PlaysSomethingElse();
        var (songs, trip) = (drive.Songs.Count, drive.Privacy.Trip);

        drive = byIgnition
            ? drive.Signal(VehicleSignal.Ignition, (int)IgnitionState.Off).Signal(VehicleSignal.Ignition, (int)IgnitionState.On).Waits(120)
            : drive.Parks().IsAway().Waits(720);

        Assert.NotEqual(trip, drive.Privacy.Trip);
        Assert.Equal(songs, drive.Songs.Count);
        Assert.Equal(songs + 1, drive.Presses(OverrideAction.Auto).Songs.Count);
    }

    [Fact]
    public void Between_two_trips_nothing_plays_and_the_next_one_begins_with_a_song()
    {
        var drive = Drive.OnTheRoad().Looks(Mood.Happy).Waits(60);
        Assert.Equal(Mood.Happy, drive.Song.Why.Mood);
        drive.Signal(VehicleSignal.Ignition, (int)IgnitionState.Off);
        Assert.Single(drive.Effects.OfType<Publish>(), told => told.Publication is SongForgotten);
        var songs = drive.Songs.Count;

        drive.Skips().Send(new BrokerLost(drive.At)).Send(new BrokerConnected(drive.At)).Waits(600);
        Assert.Equal(songs, drive.Songs.Count);

        drive.Signal(VehicleSignal.Ignition, (int)IgnitionState.On);
        Assert.Equal(songs + 1, drive.Songs.Count);
        Assert.Equal("To begin with: something in between.", drive.Song.Why.Text);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void While_silent_no_track_ends_so_the_limiter_waits_for_none(bool byStop)
    {
        var drive = Drive.OnTheRoad();
        drive = byStop ? drive.Presses(OverrideAction.Stop) : drive.PlaysSomethingElse();
        var from = drive.Told<LimiterPublication>().Count();
        drive.Looks(Mood.Happy).Waits(120);

        Assert.Equal(HoldReason.TrackBoundary, drive.Limiter.Reason);
        Assert.All(drive.Told<LimiterPublication>().Skip(from), told => Assert.Null(told.Until));
    }

    [Fact]
    public void Another_source_that_has_stopped_silences_nobody()
    {
        var drive = Drive.Starts();
        drive.Send(new PlayerReported(drive.At, new PlayerReport(PlayerSource.Other, null, PlayerState.Stopped, null, null))).Waits(31);
        Assert.Equal(2, drive.Songs.Count);
    }

    [Fact]
    public void A_skip_plays_the_next_song_at_once_without_limit_and_keeps_the_target()
    {
        var drive = Drive.OnTheRoad().Wishes(Mood.Happy);
        var songs = drive.Songs.Count;
        for (var i = 0; i < 10; i++)
        {
            drive.Skips();
        }

        Assert.Equal(songs + 10, drive.Songs.Count);
        Assert.All(drive.Songs.TakeLast(11), song => Assert.Equal(Mood.Happy, song.Why.Mood));
        Assert.Equal(11, drive.Songs.TakeLast(11).Select(song => song.Song.Id).Distinct().Count());
    }

    [Fact]
    public void Feedback_is_answered_after_its_row_is_stored_and_names_the_song()
    {
        var drive = Drive.OnTheRoad();
        drive.HoldsCommits = true;
        var song = drive.Song;
        drive.Asks(id => new GiveFeedback(id, CommandSource.Touch, FeedbackKind.Like, song.ChoiceId));

        Assert.Empty(drive.RepliesTo(drive.LastCommand));
        Assert.Equal(song.Song.Id, Assert.Single(drive.Effects.OfType<SaveFeedback>()).Row.SongId);
        drive.Commits();
        Assert.Equal(ReplyStatus.Ok, Assert.Single(drive.RepliesTo(drive.LastCommand)).Status);
    }

    [Fact]
    public void Feedback_on_a_choice_that_never_was_is_an_error()
    {
        var drive = Drive.OnTheRoad().Asks(id => new GiveFeedback(id, CommandSource.Touch, FeedbackKind.Skip, "never"));
        Assert.Equal(ReplyStatus.Error, Assert.Single(drive.RepliesTo(drive.LastCommand)).Status);
    }
}
