using CabinMood.Core.Conductor;
using CabinMood.Core.Conductor.Commands;
using CabinMood.Core.Conductor.Effects;
using CabinMood.Core.Conductor.Publications;
using CabinMood.Core.Moods;
using CabinMood.Core.Safety;
using CabinMood.Core.Songs;

namespace CabinMood.Core.Tests.Conductor;

public class CommandTests
{
    [Fact]
    public void A_command_delivered_twice_acts_once_and_is_answered_twice()
    {
        var drive = Drive.OnTheRoad();
        var wish = new OverrideButton("twice", CommandSource.Wheel, drive.State.Trip, OverrideAction.Next);
        drive.AsksAgain(wish);
        var songs = drive.Songs.Count;
        drive.AsksAgain(wish);

        Assert.Equal(songs, drive.Songs.Count);
        Assert.Equal([ReplyStatus.Ok, ReplyStatus.Ok], drive.RepliesTo("twice").Select(reply => reply.Status));
    }

    [Fact]
    public void A_command_delivered_again_while_it_waits_for_the_disk_is_answered_once_it_is_there()
    {
        var drive = Drive.OnTheRoad();
        drive.HoldsCommits = true;
        var style = new SetStyle("s", Style.Lift);
        drive.AsksAgain(style).AsksAgain(style);
        Assert.Empty(drive.RepliesTo("s"));
        drive.Commits();
        Assert.Single(drive.RepliesTo("s"));
    }

    [Fact]
    public void Another_command_under_an_id_seen_before_is_refused_and_does_nothing()
    {
        var drive = Drive.OnTheRoad();
        drive.AsksAgain(new SetStyle("x", Style.Lift)).AsksAgain(new SetStyle("x", Style.Calm));
        drive.AsksAgain(new OverrideButton("x", CommandSource.Wheel, drive.State.Trip, OverrideAction.Stop));

        Assert.Equal([ReplyStatus.Ok, ReplyStatus.Error, ReplyStatus.Error], drive.RepliesTo("x").Select(reply => reply.Status));
        Assert.Equal(Style.Lift, drive.State.Driver.Style);
        Assert.False(drive.State.SongsSilenced);
    }

    [Fact]
    public void The_same_taste_read_anew_is_the_same_command()
    {
        var drive = Drive.OnTheRoad();
        drive.AsksAgain(new SetTaste("t", ["Artist 1"], ["de"], [])).AsksAgain(new SetTaste("t", ["Artist 1"], ["de"], []));
        drive.AsksAgain(new SetTaste("t", ["Artist 2"], ["de"], []));
        Assert.Equal([ReplyStatus.Ok, ReplyStatus.Ok, ReplyStatus.Error], drive.RepliesTo("t").Select(reply => reply.Status));
    }

    [Fact]
    public void A_refused_command_may_be_tried_again_with_the_same_id()
    {
        var drive = Drive.OnTheRoad();
        drive.AsksAgain(new OverrideMood("again", CommandSource.Voice, "wrong", Mood.Happy, OverrideSpan.Trip));
        drive.AsksAgain(new OverrideMood("again", CommandSource.Voice, drive.State.Trip, Mood.Happy, OverrideSpan.Trip));
        Assert.Equal([ReplyStatus.Error, ReplyStatus.Ok], drive.RepliesTo("again").Select(reply => reply.Status));
    }

    [Fact]
    public void Beyond_twenty_a_second_commands_are_refused_and_answered()
    {
        var drive = Drive.OnTheRoad().Waits(1);
        for (var i = 0; i < 50; i++)
        {
            drive.Asks(id => new SetStyle(id, Style.Lift));
        }

        var replies = drive.Told<ReplyPublication>().TakeLast(50).ToList();
        Assert.Equal(20, replies.Count(reply => reply.Status == ReplyStatus.Ok));
        Assert.All(replies.Skip(20), reply => Assert.Contains("too many", reply.Error, StringComparison.Ordinal));
        Assert.Equal(ReplyStatus.Ok, Assert.Single(drive.Passes(0.06).Asks(id => new SetStyle(id, Style.Calm)).RepliesTo(drive.LastCommand)).Status);
    }

    [Fact]
    public void Withdrawing_and_closing_are_beyond_every_limit()
    {
        var drive = Drive.OnTheRoad();
        for (var i = 0; i < 1000; i++)
        {
            drive.Asks(id => new SetStyle(id, Style.Lift));
        }

        drive.Withdraws();
        Assert.IsType<CloseCamera>(drive.Effects[0]);
        Assert.Equal(ReplyStatus.Ok, Assert.Single(drive.RepliesTo(drive.LastCommand)).Status);
        drive.ClosesCamera();
        Assert.Equal(ReplyStatus.Ok, Assert.Single(drive.RepliesTo(drive.LastCommand)).Status);
        Assert.False(drive.State.CameraAllowed);
    }

    [Fact]
    public void A_flood_of_bad_commands_pushes_no_good_one_out_of_memory()
    {
        var drive = Drive.OnTheRoad();
        var good = new OverrideButton("good", CommandSource.Wheel, drive.State.Trip, OverrideAction.Next);
        drive.AsksAgain(good);
        var songs = drive.Songs.Count;
        for (var i = 0; i < 5000; i++)
        {
            drive.Passes(0.001).Asks(id => new SetConsent(id, true, "wrong"));
        }

        drive.AsksAgain(good);
        Assert.Equal(2, drive.RepliesTo("good").Count);
        Assert.InRange(drive.Songs.Count - songs, 0, 1);
        Assert.Equal(1, drive.State.Ledger.Entries.Keys.Count(id => id == CommandDigest.OfId("good")));
        Assert.True(drive.State.Ledger.Entries.Count < 10);
    }

    [Fact]
    public void The_ledger_remembers_the_last_thousand()
    {
        var ledger = CommandLedger.Empty;
        for (var i = 0; i < 1500; i++)
        {
            ledger = ledger.With($"c{i}", LedgerEntry.Waiting(new EraseDriver($"c{i}")));
        }

        Assert.Equal(1000, ledger.Entries.Count);
        Assert.False(ledger.TryFind("c499", out _));
        Assert.True(ledger.TryFind("c500", out _));
        Assert.False(ledger.Without("c700").TryFind("c700", out _));
        Assert.Equal(1000, ledger.Without("c700").With("new", LedgerEntry.Waiting(new EraseDriver("new"))).Entries.Count);
    }

    [Fact]
    public void Style_and_taste_are_stored_and_shape_the_next_song()
    {
        var drive = Drive.OnTheRoad().Asks(id => new SetStyle(id, Style.Calm));
        Assert.Equal(Style.Calm, Assert.Single(drive.Effects.OfType<SaveDriver>()).Settings.Style);
        drive.Asks(id => new SetTaste(id, [], [], ["Artist 1"]));
        Assert.Equal(["Artist 1"], drive.State.Driver.Taste.ExcludedArtists);

        drive.TrackEnds();
        Assert.Equal(0.30f, drive.Song.Why.TargetEnergy);
        Assert.Equal(Style.Calm, drive.Song.Why.Style);
    }

    [Fact]
    public void Erasing_forgets_everything_learned_and_keeps_consent_and_camera()
    {
        var drive = Drive.OnTheRoad().Asks(id => new SetStyle(id, Style.Lift)).Looks(Mood.Happy).Waits(40).TrackEnds();

        drive.Asks(id => new EraseDriver(id));

        Assert.Single(drive.Effects.OfType<EraseDriverData>());
        Assert.Equal(DriverSettings.Default, drive.State.Driver);
        Assert.Empty(drive.State.RecentChoices);
        Assert.Equal(Mood.Neutral, drive.State.Target);
        Assert.Equal(Mood.Unknown, drive.Mood.Mood);
        Assert.Equal(Consent.Granted, drive.Privacy.Consent);
        Assert.Equal(ReplyStatus.Ok, Assert.Single(drive.RepliesTo(drive.LastCommand)).Status);
    }

    [Fact]
    public void An_unknown_command_is_answered()
    {
        var drive = Drive.OnTheRoad().AsksAgain(new Unheard("u"));
        Assert.Equal(ReplyStatus.Error, Assert.Single(drive.RepliesTo("u")).Status);
    }

    [Fact]
    public void Default_options_are_valid_and_an_absurd_rate_is_named()
    {
        var errors = new List<ConfigurationError>();
        new CommandOptions().Validate(errors);
        new TripOptions().Validate(errors);
        Assert.Empty(errors);
        new CommandOptions { PerSecond = 0 }.Validate(errors);
        Assert.Equal("Commands:PerSecond", Assert.Single(errors).Key);
    }

    private sealed record Unheard(string Id) : Command(Id);

    [Fact]
    public void A_style_or_taste_that_cannot_be_stored_is_not_in_force()
    {
        var drive = Drive.OnTheRoad().Asks(id => new SetStyle(id, Style.Lift));
        var before = drive.State.Driver;
        drive.CommitError = "the disk is full";

        drive.Asks(id => new SetStyle(id, Style.Calm));
        Assert.Equal("the disk is full", Assert.Single(drive.RepliesTo(drive.LastCommand)).Error);
        drive.Asks(id => new SetTaste(id, ["Artist 1"], [], []));
        Assert.Equal("the disk is full", Assert.Single(drive.RepliesTo(drive.LastCommand)).Error);

        Assert.Equal(before, drive.State.Driver);
        Assert.Equal(Style.Lift, drive.TrackEnds().Song.Why.Style);

        drive.CommitError = null;
        drive.Asks(id => new SetStyle(id, Style.Calm));
        Assert.Equal(Style.Calm, drive.TrackEnds().Song.Why.Style);
    }

    [Fact]
    public void While_a_style_waits_for_the_disk_it_is_not_in_force_and_another_is_refused()
    {
        var drive = Drive.OnTheRoad();
        drive.HoldsCommits = true;
        drive.AsksAgain(new SetStyle("first", Style.Calm)).AsksAgain(new SetTaste("second", ["Artist 1"], [], []));
        Assert.Equal(Style.Match, drive.State.Driver.Style);
        Assert.Contains("try again", Assert.Single(drive.RepliesTo("second")).Error, StringComparison.Ordinal);

        drive.Commits();
        Assert.Equal(Style.Calm, drive.State.Driver.Style);
        Assert.Empty(drive.State.Driver.Taste.Artists);
    }

    [Fact]
    public void Erasing_also_forgets_a_style_that_waits_for_the_disk()
    {
        var drive = Drive.OnTheRoad();
        drive.HoldsCommits = true;
        drive.AsksAgain(new SetStyle("style", Style.Calm)).AsksAgain(new EraseDriver("erase")).Commits();
        Assert.Equal(DriverSettings.Default, drive.State.Driver);
    }
}
