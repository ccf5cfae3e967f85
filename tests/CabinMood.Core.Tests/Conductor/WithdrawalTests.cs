using CabinMood.Core.Conductor;
using CabinMood.Core.Conductor.Commands;
using CabinMood.Core.Conductor.Effects;
using CabinMood.Core.Conductor.Events;
using CabinMood.Core.Conductor.Publications;
using CabinMood.Core.Faces;
using CabinMood.Core.Moods;
using CabinMood.Core.Safety;

namespace CabinMood.Core.Tests.Conductor;

/// <summary>The driver says no: what ends, and what of the driver is forgotten.</summary>
public class WithdrawalTests
{
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
    public void After_a_withdrawal_songs_no_longer_follow_the_mood()
    {
        var drive = Drive.OnTheRoad().Looks(Mood.Happy).Waits(40).TrackEnds();
        Assert.Equal(Mood.Happy, drive.Song.Why.Mood);

        drive.Withdraws().TrackEnds();

        Assert.Equal(Mood.Neutral, drive.Song.Why.Mood);
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
}
