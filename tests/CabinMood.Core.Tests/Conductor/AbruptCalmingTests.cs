using CabinMood.Core.Conductor;
using CabinMood.Core.Conductor.Effects;
using CabinMood.Core.Moods;
using CabinMood.Core.Safety;

namespace CabinMood.Core.Tests.Conductor;

public class AbruptCalmingTests
{
    [Fact]
    public void It_is_off_unless_switched_on()
    {
        Assert.False(new LimiterOptions().AbruptCalming);
        Assert.Empty(LongTrack(isOn: false).Looks(Mood.Tense).Waits(120).MoodChanges);
    }

    [Fact]
    public void A_driver_who_is_tense_for_half_a_minute_gets_easing_music_in_the_middle_of_a_track()
    {
        var drive = LongTrack().Looks(Mood.Tense);
        var from = drive.Now;
        drive.Waits(80);

        Assert.InRange((Assert.Single(drive.MoodChanges) - from).TotalSeconds, 50, 55);
        Assert.Equal(Mood.Tense, drive.Song.Why.Mood);
        Assert.StartsWith("You looked tense for ", drive.Song.Why.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tension_that_is_not_sure_enough_waits_for_the_end_of_the_track()
    {
        var drive = LongTrack(confidence: 0.9999).Looks(Mood.Tense).Waits(120);
        Assert.Equal(Mood.Tense, drive.Mood.Mood);
        Assert.Equal(HoldReason.TrackBoundary, drive.Limiter.Reason);
        Assert.Empty(drive.MoodChanges);
    }

    [Fact]
    public void No_other_mood_changes_the_music_abruptly() =>
        Assert.Empty(LongTrack().Looks(Mood.Energetic).Waits(200).MoodChanges);

    [Theory]
    [InlineData(VehicleSignal.Call)]
    [InlineData(VehicleSignal.Esc)]
    [InlineData(VehicleSignal.DmsWarning)]
    public void A_freeze_holds_it(VehicleSignal signal) =>
        Assert.Empty(LongTrack().Signal(signal, 1).Looks(Mood.Tense).Waits(120).MoodChanges);

    [Fact]
    public void The_interval_holds_it()
    {
        var drive = LongTrack().Looks(Mood.Happy).Waits(25).TrackEnds();
        var change = Assert.Single(drive.MoodChanges);

        drive.Looks(Mood.Tense).Waits(300);

        Assert.Equal(2, drive.MoodChanges.Count);
        Assert.InRange((drive.MoodChanges[1] - change).TotalSeconds, 180, 181);
    }

    [Fact]
    public void It_comes_once_a_trip_also_after_a_restart()
    {
        var drive = LongTrack().Looks(Mood.Tense).Waits(80);
        Assert.Single(drive.MoodChanges);
        // Back to something else at the end of a track, and tense once more.
        drive.Looks(Mood.Happy).Waits(200).TrackEnds();
        Assert.Equal(2, drive.MoodChanges.Count);
        drive.Looks(Mood.Tense).Waits(400);
        Assert.Equal(2, drive.MoodChanges.Count);

        var record = drive.Steps.SelectMany(step => step.Effects).OfType<SaveTrip>().Last().Record;
        Assert.True(record.HasCalmed);
        Assert.True(Drive.Starts(drive.Options, stored: record, utc: drive.At.Utc.AddSeconds(5)).State.HasCalmed);

        drive.Signal(VehicleSignal.Ignition, (int)IgnitionState.Off);
        Assert.False(drive.State.HasCalmed);
    }

    [Fact]
    public void A_break_in_the_tension_begins_the_half_minute_anew()
    {
        var drive = LongTrack().Looks(Mood.Tense).Waits(45).CameraSees(null).Waits(5).Looks(Mood.Tense);
        var from = drive.Now;
        drive.Waits(60);
        Assert.InRange((Assert.Single(drive.MoodChanges) - from).TotalSeconds, 29, 35);
    }

    // On the road with tracks that last for ever, so that nothing but an abrupt change can come.
    private static Drive LongTrack(bool isOn = true, double confidence = 0.8)
    {
        var options = ConductorOptions.Default;
        options.Limiter.AbruptCalming = isOn;
        options.Limiter.AbruptCalmingConfidence = confidence;
        return Drive.OnTheRoad(options, [.. Catalogue.Grid.Select(song => song with { LengthMs = 36_000_000 })]);
    }
}
