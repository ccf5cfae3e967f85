using CabinMood.Core.Conductor;
using CabinMood.Core.Conductor.Commands;
using CabinMood.Core.Conductor.Effects;
using CabinMood.Core.Conductor.Publications;
using CabinMood.Core.Moods;
using CabinMood.Core.Safety;
using CabinMood.Core.Songs;

namespace CabinMood.Core.Tests.Conductor;

/// <summary>Commands that come again: to the same run, and after a restart that finds what was stored.</summary>
public class CommandRepeatTests
{
    [Fact]
    public void A_command_that_comes_again_after_a_restart_acts_no_more_and_is_answered_as_before()
    {
        var drive = Drive.OnTheRoad();
        var next = new OverrideButton("next", CommandSource.Wheel, drive.State.Trip, OverrideAction.Next);
        var like = new GiveFeedback("like", CommandSource.Touch, FeedbackKind.Like, drive.Song.ChoiceId);
        var style = new SetStyle("style", Style.Lift);
        drive.AsksAgain(next).AsksAgain(like).AsksAgain(style).Asks(id => new SetStyle(id, Style.Calm)).Restarts(5);
        var songs = drive.Songs.Count;

        drive.AsksAgain(next).AsksAgain(like).AsksAgain(style);

        Assert.Equal(songs, drive.Songs.Count);
        Assert.Equal(Style.Calm, drive.State.Driver.Style);
        Assert.All(["next", "like", "style"], id => Assert.Equal([ReplyStatus.Ok, ReplyStatus.Ok], drive.RepliesTo(id).Select(reply => reply.Status)));
    }

    [Fact]
    public void Another_command_under_an_id_from_before_a_restart_is_refused_and_the_same_taste_is_not()
    {
        var drive = Drive.OnTheRoad().AsksAgain(new SetTaste("t", ["Artist 1"], ["de"], [])).Restarts(5);

        drive.AsksAgain(new SetTaste("t", ["Artist 2"], ["de"], [])).AsksAgain(new SetTaste("t", ["Artist 1"], ["de"], []));

        Assert.Equal([ReplyStatus.Ok, ReplyStatus.Error, ReplyStatus.Ok], drive.RepliesTo("t").Select(reply => reply.Status));
        Assert.Equal(["Artist 1"], drive.State.Driver.Taste.Artists);
    }

    [Fact]
    public void A_superseded_wish_that_comes_again_after_a_restart_is_still_superseded()
    {
        var drive = Drive.OnTheRoad();
        var wish = new OverrideMood("wish", CommandSource.Voice, drive.State.Trip, Mood.Calm, OverrideSpan.Trip);
        drive.AsksAgain(wish).Wishes(Mood.Happy).Restarts(5).AsksAgain(wish);

        Assert.Equal([ReplyStatus.Ok, ReplyStatus.Superseded, ReplyStatus.Superseded], drive.RepliesTo("wish").Select(reply => reply.Status));
        Assert.Equal(Mood.Happy, drive.State.Override?.Mood);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_wish_whose_trip_is_over_is_expired_when_it_comes_again_with_and_without_a_restart(bool restarts)
    {
        var drive = Drive.OnTheRoad();
        var wish = new OverrideMood("wish", CommandSource.Voice, drive.State.Trip, Mood.Calm, OverrideSpan.Trip);
        drive.AsksAgain(wish);
        _ = restarts
            ? drive.Restarts(drive.Options.Trips.ResumeSeconds + 1)
            : drive.Signal(VehicleSignal.Ignition, (int)IgnitionState.Off).Signal(VehicleSignal.Ignition, (int)IgnitionState.On);

        drive.AsksAgain(wish);

        Assert.Equal("expired", drive.RepliesTo("wish")[^1].Error);
        Assert.Null(drive.State.Override);
    }

    [Fact]
    public void A_button_that_could_not_be_stored_acts_no_more_in_this_run_and_is_ok_once_it_is_stored()
    {
        var drive = Drive.OnTheRoad();
        var next = new OverrideButton("next", CommandSource.Wheel, drive.State.Trip, OverrideAction.Next);
        drive.CommitError = "the disk is full";
        drive.AsksAgain(next);
        var songs = drive.Songs.Count;
        drive.AsksAgain(next);
        drive.CommitError = null;
        drive.AsksAgain(next).AsksAgain(next);

        Assert.Equal(songs, drive.Songs.Count);
        Assert.Equal(
            ["done, but a restart would forget it: the disk is full", "done, but a restart would forget it: the disk is full", null, null],
            drive.RepliesTo("next").Select(reply => reply.Error));
        songs = drive.Restarts(5).Songs.Count;
        Assert.Equal(songs, drive.AsksAgain(next).Songs.Count);
    }

    [Fact]
    public void What_is_done_when_its_commit_fails_acts_no_more_whatever_was_obeyed_while_it_waited()
    {
        const string forgetful = "done, but a restart would forget it: the disk is full";
        var drive = Drive.OnTheRoad();
        var next = new OverrideButton("next", CommandSource.Wheel, drive.State.Trip, OverrideAction.Next);
        var clear = new ClearOverride("clear", CommandSource.Wheel);
        drive.HoldsCommits = true;
        drive.AsksAgain(next).AsksAgain(clear).AsksAgain(new SetCamera("off", false, null)).Wishes(Mood.Calm);
        drive.HoldsCommits = false;
        drive.Commits("the disk is full");
        var songs = drive.Songs.Count;

        drive.AsksAgain(next).AsksAgain(clear);

        Assert.Equal(songs, drive.Songs.Count);
        Assert.Equal(Mood.Calm, drive.State.Override?.Mood);
        Assert.All(["next", "clear"], id => Assert.Equal([forgetful, null], drive.RepliesTo(id).Select(reply => reply.Error)));
        Assert.All(["off", drive.LastCommand], id => Assert.Equal(forgetful, Assert.Single(drive.RepliesTo(id)).Error));
    }

    [Fact]
    public void A_wish_that_was_superseded_before_its_commit_failed_is_told_so_and_does_not_come_back()
    {
        var drive = Drive.OnTheRoad();
        var wish = new OverrideMood("wish", CommandSource.Voice, drive.State.Trip, Mood.Calm, OverrideSpan.Trip);
        drive.HoldsCommits = true;
        drive.AsksAgain(wish).Wishes(Mood.Happy);
        drive.HoldsCommits = false;
        drive.Commits("the disk is full");
        Assert.Equal([ReplyStatus.Error, ReplyStatus.Superseded], drive.RepliesTo("wish").Select(reply => reply.Status));

        drive.AsksAgain(wish);

        Assert.Equal(Mood.Happy, drive.State.Override?.Mood);
        Assert.Equal(ReplyStatus.Superseded, drive.RepliesTo("wish")[^1].Status);
    }

    [Fact]
    public void A_yes_that_lapsed_before_its_commit_failed_is_not_said_to_be_done()
    {
        var drive = Drive.Starts().VehicleIsQuiet();
        drive.HoldsCommits = true;
        drive.AsksAgain(new SetConsent("yes", true, drive.State.Trip));
        drive.Signal(VehicleSignal.Ignition, (int)IgnitionState.Off);
        drive.HoldsCommits = false;

        drive.Commits("the disk is full");

        Assert.Equal("the disk is full", Assert.Single(drive.RepliesTo("yes")).Error);
        Assert.False(drive.CameraIsOpen);
    }

    [Fact]
    public void A_button_that_was_never_stored_acts_again_after_a_restart_as_its_answer_said()
    {
        var drive = Drive.OnTheRoad();
        var next = new OverrideButton("next", CommandSource.Wheel, drive.State.Trip, OverrideAction.Next);
        drive.Presses(OverrideAction.Stop);
        drive.CommitError = "the disk is full";
        drive.AsksAgain(next).Restarts(5);
        drive.CommitError = null;
        Assert.True(drive.State.SongsSilenced);

        drive.AsksAgain(next);

        Assert.False(drive.State.SongsSilenced);
        Assert.Equal([ReplyStatus.Error, ReplyStatus.Ok], drive.RepliesTo("next").Select(reply => reply.Status));
    }

    [Fact]
    public void A_command_that_had_not_reached_the_disk_when_the_service_died_acts_when_it_comes_again()
    {
        var drive = Drive.OnTheRoad();
        var wish = new OverrideMood("wish", CommandSource.Voice, drive.State.Trip, Mood.Calm, OverrideSpan.Trip);
        drive.HoldsCommits = true;
        drive.AsksAgain(new SetStyle("style", Style.Lift)).AsksAgain(wish).Restarts(5);
        drive.HoldsCommits = false;
        Assert.Equal((Style.Match, null), (drive.State.Driver.Style, drive.State.Override));

        drive.AsksAgain(new SetStyle("style", Style.Lift)).AsksAgain(wish);

        Assert.Equal((Style.Lift, Mood.Calm), (drive.State.Driver.Style, drive.State.Override?.Mood));
        Assert.All(["style", "wish"], id => Assert.Equal(ReplyStatus.Ok, Assert.Single(drive.RepliesTo(id)).Status));
    }

    [Fact]
    public void A_style_that_could_not_be_stored_acts_when_it_comes_again()
    {
        var drive = Drive.OnTheRoad();
        drive.CommitError = "the disk is full";
        drive.AsksAgain(new SetStyle("style", Style.Lift));
        drive.CommitError = null;

        drive.AsksAgain(new SetStyle("style", Style.Lift));

        Assert.Equal(["the disk is full", null], drive.RepliesTo("style").Select(reply => reply.Error));
        Assert.Equal(Style.Lift, drive.State.Driver.Style);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_was_erased_does_not_come_back_with_a_command_that_comes_again(bool restarts)
    {
        var drive = Drive.OnTheRoad();
        var taste = new SetTaste("taste", ["Artist 1"], [], []);
        drive.AsksAgain(taste).AsksAgain(new EraseDriver("erase"));
        _ = restarts ? drive.Restarts(5) : drive;

        drive.AsksAgain(taste);

        Assert.Equal(DriverSettings.Default, drive.State.Driver);
        Assert.Equal(ReplyStatus.Ok, drive.RepliesTo("taste")[^1].Status);
        Assert.True(drive.State.Ledger.TryFind("taste", out var entry));
        Assert.Null(entry.Asked);
    }

    [Fact]
    public void An_erasure_that_comes_again_after_a_restart_erases_nothing_that_was_told_since()
    {
        var drive = Drive.OnTheRoad().AsksAgain(new EraseDriver("erase")).Asks(id => new SetStyle(id, Style.Lift)).Restarts(5);

        drive.AsksAgain(new EraseDriver("erase"));

        Assert.Equal(Style.Lift, drive.State.Driver.Style);
        Assert.Equal([ReplyStatus.Ok, ReplyStatus.Ok], drive.RepliesTo("erase").Select(reply => reply.Status));
    }

    [Fact]
    public void A_no_needs_no_memory_on_disk_and_acts_whenever_it_comes_again()
    {
        var drive = Drive.OnTheRoad();
        var no = new SetConsent("no", false, null);
        drive.AsksAgain(no);
        Assert.Empty(Assert.Single(drive.Effects.OfType<SaveTrip>()).Remembered);
        drive.Restarts(5).Consents();

        drive.AsksAgain(no);

        Assert.Equal(Consent.Withdrawn, drive.State.Consent);
        Assert.False(drive.CameraIsOpen);
        Assert.Equal([ReplyStatus.Ok, ReplyStatus.Ok], drive.RepliesTo("no").Select(reply => reply.Status));
    }

    [Fact]
    public void A_restart_knows_the_last_thousand()
    {
        var drive = Drive.Starts();
        for (var i = 0; i <= CommandLedger.Capacity; i++)
        {
            drive.Passes(0.1).AsksAgain(new SetStyle($"s{i}", Style.Lift));
        }

        drive.Restarts(5);

        Assert.Empty(drive.AsksAgain(new SetStyle("s1", Style.Lift)).Effects.OfType<SaveDriver>());
        Assert.Single(drive.AsksAgain(new SetStyle("s0", Style.Lift)).Effects.OfType<SaveDriver>());
    }

    [Fact]
    public void What_the_driver_hears_of_a_command_comes_after_its_commit()
    {
        var drive = Drive.OnTheRoad();

        StoresBeforeTheSong(drive.Wishes(Mood.Happy));
        StoresBeforeTheSong(drive.Presses(OverrideAction.Next));
        StoresBeforeTheSong(drive.Presses(OverrideAction.PreviousTarget));
        StoresBeforeTheSong(drive.Presses(OverrideAction.Stop).Presses(OverrideAction.Auto));
        StoresBeforeTheSong(drive.Skips());

        static void StoresBeforeTheSong(Drive drive)
        {
            var effects = drive.Effects.ToList();
            var stored = effects.FindIndex(effect => effect is SaveTrip { CommandId: not null } or SaveFeedback);
            Assert.InRange(effects.FindIndex(effect => effect is Publish { Publication: SongPublication }), stored + 1, effects.Count);
            Assert.All(effects[..stored], effect => Assert.IsNotType<Publish>(effect));
        }
    }
}
