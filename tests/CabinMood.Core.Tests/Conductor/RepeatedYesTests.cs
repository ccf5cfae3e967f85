using CabinMood.Core.Conductor.Commands;
using CabinMood.Core.Conductor.Effects;
using CabinMood.Core.Conductor.Publications;
using CabinMood.Core.Safety;

namespace CabinMood.Core.Tests.Conductor;

/// <summary>A yes that comes again, or too often.</summary>
public class RepeatedYesTests
{
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
}
