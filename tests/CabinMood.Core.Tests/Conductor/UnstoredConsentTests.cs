using CabinMood.Core.Conductor.Effects;
using CabinMood.Core.Conductor.Publications;
using CabinMood.Core.Safety;

namespace CabinMood.Core.Tests.Conductor;

/// <summary>A yes or no that the disk does not take: a yes is then not in force, a no is.</summary>
public class UnstoredConsentTests
{
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
