using CabinMood.Core.Conductor;
using CabinMood.Core.Conductor.Commands;
using CabinMood.Core.Conductor.Events;
using CabinMood.Core.Conductor.Publications;
using CabinMood.Core.Moods;
using CabinMood.Core.Safety;

namespace CabinMood.Core.Tests.Conductor;

public class PublicationTests
{
    [Fact]
    public void The_mood_is_told_on_change_and_every_five_seconds()
    {
        var drive = Drive.OnTheRoad().Looks(Mood.Happy);
        var before = drive.Told<MoodPublication>().Count();
        drive.Waits(60);
        Assert.InRange(drive.Told<MoodPublication>().Count() - before, 12, 15);
        Assert.Equal(Mood.Happy, drive.Mood.Mood);
        Assert.InRange(drive.Mood.Confidence, 0.8f, 1);
    }

    [Fact]
    public void While_another_mood_gathers_evidence_the_one_on_record_is_told_with_little_confidence()
    {
        var drive = Drive.OnTheRoad().Looks(Mood.Happy).Waits(60).Looks(Mood.Sad).Waits(15);
        Assert.Equal(Mood.Happy, drive.Mood.Mood);
        Assert.InRange(drive.Mood.Confidence, 0, 0.1f);

        drive.Waits(15);
        Assert.Equal(Mood.Sad, drive.Mood.Mood);
        Assert.InRange(drive.Mood.Confidence, 0.8f, 1);
    }

    [Fact]
    public void The_mood_says_since_when_it_holds()
    {
        var drive = Drive.OnTheRoad().Looks(Mood.Happy).Waits(60);
        Assert.InRange((drive.At.Utc - drive.Mood.Since).TotalSeconds, 36, 40);

        drive.Withdraws();
        Assert.Equal(drive.At.Utc, drive.Mood.Since);
    }

    [Fact]
    public void Emotions_are_told_only_when_configured()
    {
        Assert.Null(Drive.OnTheRoad().Mood.Emotions);
        Assert.NotNull(Drive.OnTheRoad(ConductorOptions.Default with { PublishEmotions = true }).Mood.Emotions);
    }

    [Theory]
    [InlineData(0.4)]
    [InlineData(30)]
    public void What_a_closing_overtook_is_not_told_under_an_older_time(double seconds)
    {
        var drive = Drive.OnTheRoad().Withdraws();
        var early = drive.At;
        drive.Passes(seconds).ClosesCamera();
        var told = drive.Steps.Count;

        drive.Send(new CommandArrived(early, new SetConsent("yes", true, drive.State.Trip))).Send(new BrokerConnected(early));

        Assert.Equal(Consent.Granted, drive.Privacy.Consent);
        // A song that is repeated keeps the time of its choice.
        var times = drive.Steps.Skip(told).SelectMany(step => step.Effects).OfType<Core.Conductor.Effects.Publish>()
            .Select(publish => publish.Publication)
            .Where(publication => publication is not SongPublication)
            .Select(publication => publication.Utc)
            .ToList();
        Assert.NotEmpty(times);
        Assert.All(times, utc => Assert.Equal(drive.At.Utc, utc));
    }

    [Fact]
    public void Two_stamps_that_cross_turn_no_time_back()
    {
        var drive = Drive.OnTheRoad();
        drive.Send(new BrokerConnected(new Moment(drive.At.Elapsed, drive.At.Utc.AddMilliseconds(300))));
        var told = drive.Privacy.Utc;

        drive.Send(new BrokerConnected(new Moment(drive.At.Elapsed + TimeSpan.FromMilliseconds(1), drive.At.Utc)));

        Assert.Equal(told, drive.Privacy.Utc);
    }

    [Fact]
    public void A_wall_clock_that_was_set_back_is_told_as_it_is()
    {
        var drive = Drive.OnTheRoad();
        drive.UtcAtStart -= TimeSpan.FromHours(1);

        drive.Passes(1).ClosesCamera();

        Assert.Equal(drive.At.Utc, drive.Privacy.Utc);
    }

    [Fact]
    public void After_reconnecting_every_state_is_told_once()
    {
        var drive = Drive.OnTheRoad();
        var from = drive.Steps.Count;
        drive.Send(new BrokerConnected(drive.At));

        var told = drive.Steps.Skip(from).SelectMany(step => step.Effects).OfType<Core.Conductor.Effects.Publish>().Select(publish => publish.Publication.GetType()).ToList();
        Assert.Equal(
            [typeof(LimiterPublication), typeof(MoodPublication), typeof(PrivacyPublication), typeof(SongPublication)],
            told.OrderBy(type => type.Name, StringComparer.Ordinal));
    }

    [Fact]
    public void A_quiet_hour_repeats_neither_privacy_nor_limiter()
    {
        var drive = Drive.OnTheRoad();
        var privacy = drive.Told<PrivacyPublication>().Count();
        var limiter = drive.Told<LimiterPublication>().Count();
        drive.Waits(600);
        Assert.Equal(privacy, drive.Told<PrivacyPublication>().Count());
        Assert.InRange(drive.Told<LimiterPublication>().Count() - limiter, 0, 1);
    }

    [Fact]
    public void Gain_is_never_above_zero_and_the_line_of_text_is_short()
    {
        var drive = Drive.OnTheRoad().Looks(Mood.Tense).Waits(200).Wishes(Mood.Calm).Waits(60);
        Assert.All(drive.Songs, song =>
        {
            Assert.True(song.GainDb <= 0);
            Assert.InRange(song.Why.Text.Length, 5, 80);
            Assert.DoesNotContain('\n', song.Why.Text);
        });
    }
}
