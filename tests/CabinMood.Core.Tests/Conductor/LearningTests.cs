using CabinMood.Core.Conductor;
using CabinMood.Core.Conductor.Commands;
using CabinMood.Core.Conductor.Effects;
using CabinMood.Core.Moods;
using CabinMood.Core.Songs.Learning;

namespace CabinMood.Core.Tests.Conductor;

public class LearningTests
{
    private static readonly ConductorOptions LongSongs = ConductorOptions.Default;

    private static Drive Starts() => Drive.Starts(LongSongs, [.. Catalogue.Grid.Select(song => song with { LengthMs = 200_000 })]);

    [Fact]
    public void A_song_heard_for_thirty_seconds_teaches_once()
    {
        var drive = Starts().Waits(29);
        Assert.Equal(0, drive.State.Listening.Learned.Reactions);
        drive.Waits(60);
        Assert.Equal(Rewards.WeightOf(Reaction.Heard), drive.State.Listening.Learned.Reactions, 9);
        Assert.Single(drive.Steps.SelectMany(step => step.Effects).OfType<SaveMemory>());
    }

    [Fact]
    public void A_song_that_is_paused_is_not_heard()
    {
        var drive = Starts().Waits(5).Player(PlayerState.Paused, positionMs: 5000).Waits(120);
        Assert.Equal(0, drive.State.Listening.Learned.Reactions);
    }

    [Fact]
    public void A_later_word_about_a_choice_replaces_an_earlier_one()
    {
        var drive = Starts().Waits(40);
        var song = drive.Song;
        drive.Asks(id => new GiveFeedback(id, CommandSource.Touch, FeedbackKind.Like, song.ChoiceId));
        Assert.Equal(1, drive.State.Listening.Learned.Reactions, 9);
        Assert.True(drive.State.Listening.Learned.OfSong(song.Song.Id) > 0);
    }

    [Fact]
    public void A_skip_soon_after_a_wish_counts_less()
    {
        var plain = Starts().Waits(15).Skips();
        var hasty = Starts().Waits(15).Wishes(Mood.Calm).Waits(5).Skips();
        var late = Starts().Waits(15).Wishes(Mood.Calm).Waits(12).Skips();
        Assert.Equal(1, plain.State.Listening.Learned.Reactions, 9);
        Assert.Equal(0.2, hasty.State.Listening.Learned.Reactions, 9);
        Assert.Equal(1, late.State.Listening.Learned.Reactions, 9);
    }

    [Fact]
    public void A_skip_soon_before_a_wish_was_not_about_the_song_either()
    {
        var drive = Starts().Waits(15).Skips().Waits(5).Wishes(Mood.Calm);
        Assert.Equal(0.2, drive.State.Listening.Learned.Reactions, 9);
    }

    [Fact]
    public void A_skip_soon_after_the_mood_turned_counts_less()
    {
        var drive = Drive.OnTheRoad().Looks(Mood.Happy);
        while (drive.MoodChanges.Count == 0)
        {
            drive.Waits(1);
        }

        var before = drive.State.Listening.Learned.Reactions;
        drive.Skips();
        Assert.Equal(0.2, drive.State.Listening.Learned.Reactions - before, 6);
    }

    [Fact]
    public void Feedback_that_could_not_be_stored_teaches_nothing()
    {
        var drive = Starts();
        drive.CommitError = "the disk is full";
        drive.Asks(id => new GiveFeedback(id, CommandSource.Touch, FeedbackKind.Dislike, drive.Song.ChoiceId));
        Assert.Equal(0, drive.State.Listening.Learned.Reactions, 9);
        Assert.Empty(drive.State.Listening.Unstored);
    }

    [Fact]
    public void Erasing_forgets_what_was_learned_and_played()
    {
        var drive = Starts().Waits(15).Skips().Asks(id => new EraseDriver(id));
        Assert.Equal(Preferences.None, drive.State.Listening.Learned);
        Assert.Empty(drive.State.Listening.History);
        Assert.Empty(drive.State.Listening.Lessons);
    }

    [Fact]
    public void The_song_that_was_announced_is_the_one_that_comes()
    {
        var drive = Starts();
        for (var i = 0; i < 10; i++)
        {
            var announced = drive.Song.Next[0].Id;
            drive.TrackEnds();
            Assert.Equal(announced, drive.Song.Song.Id);
        }
    }
}
