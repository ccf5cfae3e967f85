using CabinMood.Core.Conductor;
using CabinMood.Core.Conductor.Commands;
using CabinMood.Core.Conductor.Effects;
using CabinMood.Core.Conductor.Events;
using CabinMood.Core.Conductor.Publications;
using CabinMood.Core.Faces;
using CabinMood.Core.Moods;
using CabinMood.Core.Safety;

namespace CabinMood.Core.Tests.Conductor;

public class ConsentTests
{
    [Fact]
    public void A_service_starts_with_consent_withheld_and_the_camera_closed()
    {
        var drive = Drive.Starts();

        Assert.Equal(Consent.Withheld, drive.Privacy.Consent);
        Assert.False(drive.Privacy.CameraOn);
        Assert.DoesNotContain(drive.Steps, step => step.Effects.Any(effect => effect is OpenCamera));
        Assert.Equal(Mood.Unknown, drive.Mood.Mood);
        Assert.Equal(HoldReason.Consent, drive.Limiter.Reason);
    }

    [Fact]
    public void Consent_for_this_trip_opens_the_camera_and_the_cabin_is_told_in_the_same_step()
    {
        var drive = Drive.Starts().Consents();

        Assert.Contains(drive.Effects, effect => effect is OpenCamera);
        Assert.True(drive.Privacy.CameraOn);
        Assert.Equal(Consent.Granted, drive.Privacy.Consent);
        Assert.Equal(ReplyStatus.Ok, Assert.Single(drive.RepliesTo(drive.LastCommand)).Status);
    }

    [Theory]
    [InlineData("another")]
    [InlineData("")]
    [InlineData(null)]
    public void Consent_for_another_trip_is_expired(string? trip)
    {
        var drive = Drive.Starts().Asks(id => new SetConsent(id, true, trip));

        Assert.False(drive.CameraIsOpen);
        Assert.Equal("expired", Assert.Single(drive.RepliesTo(drive.LastCommand)).Error);
    }

    [Fact]
    public void A_grant_that_waited_in_a_queue_does_not_open_the_camera_in_the_next_trip()
    {
        var drive = Drive.Starts().VehicleIsQuiet();
        var grant = new SetConsent("late", true, drive.State.Trip);
        drive.Signal(VehicleSignal.Ignition, (int)IgnitionState.Off).Signal(VehicleSignal.Ignition, (int)IgnitionState.On);

        drive.AsksAgain(grant);

        Assert.False(drive.CameraIsOpen);
        Assert.Equal("expired", Assert.Single(drive.RepliesTo("late")).Error);
    }

    [Fact]
    public void Between_trips_nothing_can_be_granted_even_with_an_empty_trip()
    {
        var drive = Drive.Starts().VehicleIsQuiet().Signal(VehicleSignal.Ignition, (int)IgnitionState.Lock);

        drive.Asks(id => new SetConsent(id, true, ""));

        Assert.Equal("", drive.Privacy.Trip);
        Assert.False(drive.CameraIsOpen);
        Assert.Equal("expired", Assert.Single(drive.RepliesTo(drive.LastCommand)).Error);
    }

    [Fact]
    public void Withdrawing_closes_the_camera_before_anything_else_and_forgets_the_mood()
    {
        var drive = Drive.OnTheRoad().Looks(Mood.Happy).Waits(30);
        Assert.Equal(Mood.Happy, drive.Mood.Mood);

        drive.Withdraws();

        Assert.IsType<CloseCamera>(drive.Effects[0]);
        Assert.Equal(Mood.Unknown, drive.Mood.Mood);
        Assert.Equal(0, drive.Mood.Valence);
        Assert.Equal(FacePresence.Absent, drive.Mood.Face);
        Assert.Equal(HoldReason.Consent, drive.Limiter.Reason);
        Assert.Equal(Consent.Withdrawn, drive.Privacy.Consent);
    }

    [Fact]
    public void The_camera_is_told_to_be_off_only_when_the_device_is_really_closed()
    {
        var drive = Drive.Starts().Consents();
        var before = drive.Steps.Count;

        drive.ClosesCamera();

        var command = drive.Steps[before];
        Assert.IsType<CommandArrived>(command.Event);
        Assert.DoesNotContain(command.Effects, effect => effect is Publish { Publication: PrivacyPublication { CameraOn: false } });
        var closed = drive.Steps.Single(step => step.Event is CameraChanged { IsOpen: false });
        Assert.Contains(closed.Effects, effect => effect is Publish { Publication: PrivacyPublication { CameraOn: false } });
    }

    [Fact]
    public void Closing_applies_again_when_its_id_was_already_used()
    {
        var drive = Drive.Starts();
        drive.AsksAgain(new SetConsent("x", true, drive.State.Trip));

        drive.AsksAgain(new SetConsent("x", false, null));

        Assert.False(drive.CameraIsOpen);
        Assert.IsType<CloseCamera>(drive.Effects[0]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_yes_that_comes_again_after_a_no_is_an_error_and_opens_nothing_even_after_a_restart(bool restarts)
    {
        var drive = Drive.Starts();
        var grant = new SetConsent("grant", true, drive.State.Trip);
        var opening = new SetCamera("opening", true, drive.State.Trip);
        drive.AsksAgain(grant).AsksAgain(opening).Withdraws().ClosesCamera();
        if (restarts)
        {
            var record = drive.Steps.SelectMany(step => step.Effects).OfType<SaveTrip>().Last().Record;
            drive = Drive.Starts(stored: record, utc: drive.At.Utc.AddSeconds(5));
        }

        drive.AsksAgain(grant).AsksAgain(opening);

        Assert.False(drive.CameraIsOpen);
        Assert.Equal(Consent.Withdrawn, drive.State.Consent);
        Assert.False(drive.State.CameraAllowed);
        Assert.Equal(ReplyStatus.Error, drive.RepliesTo("grant")[^1].Status);
        Assert.Equal(ReplyStatus.Error, drive.RepliesTo("opening")[^1].Status);

        drive.Consents().OpensCamera();
        Assert.True(drive.CameraIsOpen);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_yes_that_comes_again_after_a_no_to_the_other_question_gets_its_answer_and_opens_nothing(bool isGrant)
    {
        var drive = Drive.Starts();
        Command yes = isGrant ? new SetConsent("yes", true, drive.State.Trip) : new SetCamera("yes", true, drive.State.Trip);
        drive.AsksAgain(new SetConsent("grant", true, drive.State.Trip)).AsksAgain(yes);
        Assert.True(drive.CameraIsOpen);
        _ = isGrant ? drive.ClosesCamera() : drive.Withdraws();

        drive.AsksAgain(yes);

        Assert.False(drive.CameraIsOpen);
        Assert.Equal([ReplyStatus.Ok, ReplyStatus.Ok], drive.RepliesTo("yes").Select(reply => reply.Status));
    }

    [Fact]
    public void A_yes_that_is_said_again_under_its_id_uses_up_none_of_those_that_a_trip_takes()
    {
        var drive = Drive.Starts();
        var grant = new SetConsent("grant", true, drive.State.Trip);
        for (var i = 0; i < 300; i++)
        {
            drive.Passes(1).AsksAgain(grant);
        }

        drive.Withdraws().Consents();

        Assert.True(drive.CameraIsOpen);
    }

    [Fact]
    public void A_trip_takes_two_hundred_yes_and_after_them_still_every_no()
    {
        var drive = Drive.Starts().VehicleIsQuiet();
        for (var i = 0; i < 100; i++)
        {
            drive.Passes(1).Consents().OpensCamera();
        }

        Assert.All(drive.Told<ReplyPublication>(), reply => Assert.Equal(ReplyStatus.Ok, reply.Status));
        drive.Passes(1).AsksAgain(new SetConsent("late", true, drive.State.Trip));
        Assert.Equal("consent or the camera was granted too often in this trip", drive.RepliesTo("late")[^1].Error);
        Assert.True(drive.CameraIsOpen);

        drive.Withdraws().Consents();
        Assert.False(drive.CameraIsOpen);

        drive.Signal(VehicleSignal.Ignition, (int)IgnitionState.Off).Signal(VehicleSignal.Ignition, (int)IgnitionState.On).Consents();
        Assert.True(drive.CameraIsOpen);
    }

    [Fact]
    public void A_yes_that_comes_again_in_the_next_trip_is_expired()
    {
        var drive = Drive.Starts().VehicleIsQuiet();
        var grant = new SetConsent("grant", true, drive.State.Trip);
        drive.AsksAgain(grant).Signal(VehicleSignal.Ignition, (int)IgnitionState.Off).Signal(VehicleSignal.Ignition, (int)IgnitionState.On);
        drive.Consents().AsksAgain(grant);
        Assert.Equal("expired", drive.RepliesTo("grant")[^1].Error);
    }

    [Fact]
    public void Frames_after_a_withdrawal_are_discarded()
    {
        var drive = Drive.OnTheRoad().Looks(Mood.Happy).Waits(30).Withdraws();

        for (var i = 0; i < 300; i++)
        {
            drive.Passes(0.1).Send(new FaceSeen(drive.At, Readings.Face(Mood.Happy), drive.State.CameraOpening));
        }

        Assert.Equal(Mood.Unknown, drive.Mood.Mood);
        Assert.Equal(FacePresence.Absent, drive.Mood.Face);
        Assert.Null(drive.State.Mood.ReadAt);
    }

    [Fact]
    public void An_open_report_that_comes_after_closing_is_answered_by_closing_again()
    {
        var drive = Drive.Starts().Consents().Withdraws();

        drive.Send(new CameraChanged(drive.At, true));

        Assert.IsType<CloseCamera>(drive.Effects[0]);
        Assert.False(drive.Privacy.CameraOn);
    }

    [Fact]
    public void A_closed_camera_survives_trips_and_restarts_until_it_is_opened()
    {
        var drive = Drive.Starts().VehicleIsQuiet().Consents().ClosesCamera();
        var record = drive.Steps.SelectMany(step => step.Effects).OfType<SaveTrip>().Last().Record;

        var later = Drive.Starts(stored: record, utc: drive.At.Utc.AddHours(3)).Consents();
        Assert.False(later.CameraIsOpen);
        Assert.Equal(HoldReason.CameraOff, later.Limiter.Reason);

        later.OpensCamera();
        Assert.True(later.CameraIsOpen);
    }

    [Fact]
    public void A_grant_that_cannot_be_stored_is_not_in_force()
    {
        var drive = Drive.Starts();
        drive.CommitError = "the disk is full";

        drive.Consents();

        Assert.Equal(ReplyStatus.Error, Assert.Single(drive.RepliesTo(drive.LastCommand)).Status);
        Assert.False(drive.CameraIsOpen);
        Assert.Equal(Consent.Withheld, drive.Privacy.Consent);
    }

    [Fact]
    public void An_opening_that_cannot_be_stored_leaves_the_camera_closed()
    {
        var drive = Drive.Starts().Consents().ClosesCamera();
        drive.CommitError = "the disk is full";

        drive.OpensCamera();

        Assert.False(drive.CameraIsOpen);
        Assert.False(drive.State.CameraAllowed);
    }

    [Fact]
    public void A_withdrawal_that_cannot_be_stored_still_applies()
    {
        var drive = Drive.Starts().Consents();
        drive.CommitError = "the disk is full";

        drive.Withdraws();

        Assert.False(drive.CameraIsOpen);
        Assert.Equal(Consent.Withdrawn, drive.Privacy.Consent);
    }

    [Fact]
    public void After_a_withdrawal_songs_no_longer_follow_the_mood()
    {
        var drive = Drive.OnTheRoad().Looks(Mood.Happy).Waits(40).TrackEnds();
        Assert.Equal(Mood.Happy, drive.Song.Why.Mood);

        drive.Withdraws().TrackEnds();

        Assert.Equal(Mood.Neutral, drive.Song.Why.Mood);
    }

    [Fact]
    public void The_commercial_profile_refuses_consent_and_never_opens_the_camera()
    {
        var options = ConductorOptions.Default;
        options.Limiter.Profile = LimiterProfile.Commercial;
        var drive = Drive.Starts(options);

        drive.Consents();

        Assert.Equal(ReplyStatus.Error, Assert.Single(drive.RepliesTo(drive.LastCommand)).Status);
        Assert.False(drive.CameraIsOpen);
        Assert.Equal(HoldReason.CommercialProfile, drive.Limiter.Reason);
    }

    [Fact]
    public void After_a_withdrawal_other_music_is_not_called_the_same()
    {
        var drive = Drive.OnTheRoad().Looks(Mood.Happy).Waits(60);
        Assert.Equal(Mood.Happy, drive.Song.Why.Mood);
        drive.Withdraws().TrackEnds();
        Assert.Equal("From here on: something in between.", drive.Song.Why.Text);
        Assert.Equal("More of the same: something in between.", drive.TrackEnds().Song.Why.Text);
    }

    [Fact]
    public void The_notice_names_the_ways_to_say_no_that_there_are()
    {
        var drive = Drive.OnTheRoad();
        Assert.Contains("withdraw consent or close the camera", drive.Privacy.Notice, StringComparison.Ordinal);
        Assert.DoesNotContain("Say stop", drive.Privacy.Notice, StringComparison.Ordinal);
        Assert.False(drive.ClosesCamera().CameraIsOpen);
        Assert.False(Drive.OnTheRoad().Withdraws().CameraIsOpen);
    }

    [Fact]
    public void The_commercial_profile_does_not_inherit_consent_from_a_stored_trip()
    {
        var options = ConductorOptions.Default;
        options.Limiter.Profile = LimiterProfile.Commercial;
        var before = Drive.Starts();
        var record = new TripRecord("t1", before.At.Utc, Consent.Granted, true, null);

        var drive = Drive.Starts(options, stored: record);
        drive.Send(new FaceSeen(drive.At, Readings.Face(Mood.Happy), drive.State.CameraOpening));

        Assert.False(drive.CameraIsOpen);
        Assert.Equal(Consent.Withheld, drive.Privacy.Consent);
        Assert.Equal(FacePresence.Absent, drive.State.Face);
        Assert.Null(drive.State.Mood.ReadAt);
    }

    [Fact]
    public void A_frame_from_before_a_no_does_not_count_after_a_quick_yes()
    {
        var drive = Drive.OnTheRoad();
        var before = drive.State.CameraOpening;
        drive.Withdraws().Consents();
        Assert.True(drive.CameraIsOpen);

        for (var i = 0; i < 600; i++)
        {
            drive.Passes(0.1).Send(new FaceSeen(drive.At, Readings.Face(Mood.Happy), before));
        }

        Assert.Null(drive.State.Mood.ReadAt);
        Assert.NotEqual(FacePresence.Present, drive.State.Face);
        drive.Send(new FaceSeen(drive.At, Readings.Face(Mood.Happy), drive.State.CameraOpening));
        Assert.Equal(FacePresence.Present, drive.State.Face);
    }

    [Theory]
    [InlineData("withdraws")]
    [InlineData("erases")]
    [InlineData("another driver")]
    [InlineData("the service stops")]
    public void What_the_camera_saw_does_not_stay_in_the_retained_song(string how)
    {
        var drive = Drive.OnTheRoad().TrackEnds().Looks(Mood.Tense).Waits(24).TrackEnds();
        var told = drive.Song;
        Assert.StartsWith("You looked tense", told.Why.Text, StringComparison.Ordinal);
        drive.Player(PlayerState.Paused);

        drive = how switch
        {
            "withdraws" => drive.Withdraws(),
            "erases" => drive.Asks(id => new EraseDriver(id)),
            "another driver" => drive.Parks().IsAway().Waits(31),
            _ => drive.Send(new ServiceStopping(drive.At)),
        };

        Assert.Equal(told.ChoiceId, drive.Song.ChoiceId);
        Assert.Equal(told.Song, drive.Song.Song);
        Assert.Equal(Mood.Neutral, drive.Song.Why.Mood);
        Assert.DoesNotContain("tense", drive.Song.Why.Text, StringComparison.Ordinal);
        Assert.Equal((0.55f, 0.50f), (drive.Song.Why.TargetValence, drive.Song.Why.TargetEnergy));

        drive.Send(new BrokerConnected(drive.At));
        Assert.DoesNotContain("tense", drive.Song.Why.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(drive.State.RecentChoices, choice => choice.ChoiceId == told.ChoiceId && choice.Why.Text.Contains("tense", StringComparison.Ordinal));
    }

    [Fact]
    public void While_the_driver_plays_something_else_the_retained_song_is_removed_instead()
    {
        var drive = Drive.OnTheRoad().Looks(Mood.Tense).Waits(40).TrackEnds().PlaysSomethingElse();
        var songs = drive.Songs.Count;

        drive.Withdraws();

        Assert.Single(drive.Told<SongForgotten>());
        Assert.Equal(songs, drive.Songs.Count);
    }

    [Fact]
    public void A_song_that_followed_no_face_is_not_told_again()
    {
        var drive = Drive.OnTheRoad().Waits(10);
        var songs = drive.Songs.Count;
        Assert.Equal(songs, drive.Withdraws().Songs.Count);

        drive = Drive.OnTheRoad().Looks(Mood.Happy).Waits(40).TrackEnds().Wishes(Mood.Calm);
        songs = drive.Songs.Count;
        Assert.Equal(songs, drive.Withdraws().Songs.Count);
    }

    [Fact]
    public void What_cannot_be_stored_is_tried_again_ever_less_often_and_a_later_command_begins_anew()
    {
        var drive = Drive.OnTheRoad();
        drive.CommitError = "the disk is full";

        Assert.Equal([10, 20, 40, 60, 60, 60], PausesAfter(300));
        Assert.Equal([10, 20], PausesAfter(60));

        IEnumerable<double> PausesAfter(int seconds)
        {
            var from = drive.Steps.Count;
            drive.Withdraws().Waits(seconds);
            double[] saves = [.. drive.Steps.Skip(from).Where(step => step.Effects.Any(effect => effect is SaveTrip)).Select(step => step.Event.At.Elapsed.TotalSeconds)];
            return saves.Zip(saves.Skip(1), (before, after) => Math.Round(after - before));
        }
    }

    [Fact]
    public void A_no_that_cannot_be_stored_is_stored_again_until_it_is()
    {
        var drive = Drive.OnTheRoad();
        drive.CommitError = "the disk is full";
        drive.Withdraws();
        Assert.Contains("a restart would forget it", Assert.Single(drive.RepliesTo(drive.LastCommand)).Error, StringComparison.Ordinal);

        var from = drive.Steps.Count;
        drive.Waits(35);
        Assert.Equal(2, Saves());
        Assert.All(drive.Steps.Skip(from).SelectMany(step => step.Effects).OfType<SaveTrip>(), save => Assert.Equal(Consent.Withdrawn, save.Record.Consent));

        drive.CommitError = null;
        drive.Withdraws();
        from = drive.Steps.Count;
        drive.Waits(25);
        Assert.Equal(0, Saves());

        int Saves() => drive.Steps.Skip(from).Count(step => step.Effects.Any(effect => effect is SaveTrip));
    }
}
