using CabinMood.Core.Conductor;
using CabinMood.Core.Conductor.Commands;
using CabinMood.Core.Conductor.Effects;
using CabinMood.Core.Conductor.Events;
using CabinMood.Core.Conductor.Publications;
using CabinMood.Core.Faces;
using CabinMood.Core.Moods;
using CabinMood.Core.Safety;

namespace CabinMood.Core.Tests.Conductor;

/// <summary>When the camera may look: consent for a trip, and a camera that is not closed.</summary>
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
}
