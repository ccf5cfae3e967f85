using CabinMood.Core.Conductor;
using CabinMood.Core.Conductor.Effects;
using CabinMood.Core.Conductor.Events;
using CabinMood.Core.Conductor.Publications;
using CabinMood.Core.Moods;
using CabinMood.Core.Safety;

namespace CabinMood.Core.Tests.Safety;

public class LimiterProfileTests
{
    [Fact]
    public void A_key_that_is_not_set_has_its_profiles_value_whichever_was_set_first()
    {
        var options = new LimiterOptions { MinIntervalSeconds = 400, Profile = LimiterProfile.Strict };
        Assert.Equal(400, options.MinIntervalSeconds);
        Assert.Equal(6, options.MaxChangesPerHour);
        options.Profile = LimiterProfile.Standard;
        Assert.Equal(400, options.MinIntervalSeconds);
        Assert.Equal(12, options.MaxChangesPerHour);
    }

    [Theory]
    [InlineData(LimiterProfile.Standard)]
    [InlineData(LimiterProfile.Strict)]
    [InlineData(LimiterProfile.Parked)]
    [InlineData(LimiterProfile.Commercial)]
    public void Every_profile_is_valid_as_it_is(LimiterProfile profile) =>
        Assert.Empty(Errors(new LimiterOptions { Profile = profile }));

    [Fact]
    public void Standard_leaves_the_keys_free_within_their_ranges() =>
        Assert.Empty(Errors(new LimiterOptions { MinIntervalSeconds = 5, ParkedIntervalSeconds = 0, MaxChangesPerHour = 720, FatiguePercent = 100, AbruptCalming = true }));

    [Fact]
    public void Strict_refuses_every_key_that_is_looser_than_itself()
    {
        var errors = Errors(new LimiterOptions
        {
            Profile = LimiterProfile.Strict,
            MinIntervalSeconds = 299,
            ParkedIntervalSeconds = 59,
            MaxChangesPerHour = 7,
            ParkedMaxChangesPerHour = 7,
            EvidenceSeconds = 39,
            MinConfidence = 0.59,
            FatiguePercent = 51,
            AbruptCalming = true,
        });
        Assert.Equal(
            ["MinIntervalSeconds", "ParkedIntervalSeconds", "MaxChangesPerHour", "ParkedMaxChangesPerHour", "EvidenceSeconds", "MinConfidence", "FatiguePercent", "AbruptCalming"],
            errors.Select(error => error.Key["Limiter:".Length..]));
    }

    [Fact]
    public void Strict_takes_what_is_stricter_than_itself() =>
        Assert.Empty(Errors(new LimiterOptions { Profile = LimiterProfile.Strict, MinIntervalSeconds = 600, MaxChangesPerHour = 1, FatiguePercent = 30 }));

    [Fact]
    public void Strict_waits_five_minutes_and_for_twice_the_evidence()
    {
        var drive = Drive.OnTheRoad(With(LimiterProfile.Strict)).Looks(Mood.Happy).Waits(25);
        Assert.Equal(Mood.Happy, drive.Mood.Mood);
        Assert.Equal(HoldReason.NotEnoughEvidence, drive.Limiter.Reason);

        drive.Waits(50);
        Assert.Equal(300, drive.Options.Limiter.MinIntervalSeconds);
        Assert.Single(drive.MoodChanges);
        Assert.InRange(drive.MoodChanges[0].TotalSeconds, 340, 400);
    }

    [Fact]
    public void A_mood_that_is_less_sure_than_asked_for_changes_nothing()
    {
        var options = With(LimiterProfile.Strict);
        options.Limiter.MinConfidence = 0.9999;
        var drive = Drive.OnTheRoad(options).Looks(Mood.Happy).Waits(120);
        Assert.Equal(Mood.Happy, drive.Mood.Mood);
        Assert.Equal(HoldReason.LowConfidence, drive.Limiter.Reason);
        Assert.Empty(drive.MoodChanges);
    }

    [Fact]
    public void Parked_changes_the_music_in_park_and_never_on_the_road()
    {
        var drive = Drive.OnTheRoad(With(LimiterProfile.Parked)).Looks(Mood.Happy).Waits(600);
        Assert.Empty(drive.MoodChanges);
        Assert.Equal(HoldReason.DriverChangeBudget, drive.Limiter.Reason);
        Assert.Null(drive.Limiter.Until);

        drive.Parks().Waits(40);
        Assert.Single(drive.MoodChanges);
        Assert.Equal(Mood.Happy, drive.Song.Why.Mood);

        drive.DrivesAt(50).Looks(Mood.Tense).Waits(400);
        Assert.Single(drive.MoodChanges);
    }

    [Fact]
    public void Parked_still_obeys_the_driver_on_the_road() =>
        Assert.Equal(Mood.Calm, Drive.OnTheRoad(With(LimiterProfile.Parked)).Wishes(Mood.Calm).Song.Why.Mood);

    [Fact]
    public void Commercial_obeys_the_driver_and_refuses_everything_about_the_camera()
    {
        var drive = Drive.Starts(With(LimiterProfile.Commercial)).VehicleIsQuiet().DrivesAt(50);
        drive.Consents();
        Assert.Equal(ReplyStatus.Error, Assert.Single(drive.RepliesTo(drive.LastCommand)).Status);
        drive.OpensCamera();
        Assert.Equal(ReplyStatus.Error, Assert.Single(drive.RepliesTo(drive.LastCommand)).Status);
        drive.ClosesCamera();
        Assert.Equal(ReplyStatus.Ok, Assert.Single(drive.RepliesTo(drive.LastCommand)).Status);
        drive.Wishes(Mood.Happy);
        Assert.Equal(Mood.Happy, drive.Song.Why.Mood);

        for (var i = 0; i < 600; i++)
        {
            drive.Passes(0.1).Send(new FaceSeen(drive.At, Readings.Face(Mood.Tense), drive.State.CameraOpening));
        }

        Assert.DoesNotContain(drive.Steps, step => step.Effects.Any(effect => effect is OpenCamera));
        Assert.All(drive.Told<MoodPublication>(), mood => Assert.Equal(Mood.Unknown, mood.Mood));
        Assert.Equal(HoldReason.CommercialProfile, drive.Limiter.Reason);
    }

    private static List<ConfigurationError> Errors(LimiterOptions options)
    {
        var errors = new List<ConfigurationError>();
        options.Validate(errors);
        return errors;
    }

    private static ConductorOptions With(LimiterProfile profile)
    {
        var options = ConductorOptions.Default;
        options.Limiter.Profile = profile;
        return options;
    }
}
