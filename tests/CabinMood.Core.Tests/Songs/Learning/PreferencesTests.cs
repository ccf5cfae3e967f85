using CabinMood.Core.Moods;
using CabinMood.Core.Songs;
using CabinMood.Core.Songs.Learning;

namespace CabinMood.Core.Tests.Songs.Learning;

public class PreferencesTests
{
    private static readonly ListeningContext Context = new(Mood.Happy, Style.Match, Daypart.Morning, new TargetPoint(0.7f, 0.65f));

    [Fact]
    public void With_nothing_learned_the_distance_to_the_target_alone_counts()
    {
        var seed = 1UL;
        Assert.All(Preferences.None.Draw(2, ref seed), weight => Assert.Equal(0, weight, 12));
    }

    [Fact]
    public void A_lesson_taken_back_leaves_what_was_there_before()
    {
        var first = Preferences.None.With(Preferences.None.Learn(Catalogue.Song("a", 0.7f, 0.6f), Context, Reaction.Like, 1));
        var lesson = first.Learn(Catalogue.Song("b", 0.2f, 0.3f, artist: "Somebody"), Context, Reaction.Dislike, 1);

        var again = first.With(lesson).Without(lesson);

        Assert.All(first.Precision.Zip(again.Precision), pair => Assert.Equal(pair.First, pair.Second, 9));
        Assert.All(first.Moments.Zip(again.Moments), pair => Assert.Equal(pair.First, pair.Second, 9));
        Assert.Equal(0, again.OfSong("b"), 9);
    }

    [Fact]
    public void What_is_liked_scores_more_and_what_is_skipped_less()
    {
        var learned = Preferences.None;
        for (var i = 0; i < 30; i++)
        {
            var isAcoustic = i % 2 == 0;
            var song = Catalogue.Song($"s{i}", 0.7f, 0.6f, artist: $"Artist {i}") with { Audio = new AudioFeatures(0.5f, isAcoustic ? 0.9f : 0.1f, 0.5f, 0.5f, 0.5f) };
            learned = learned.With(learned.Learn(song, Context, isAcoustic ? Reaction.Like : Reaction.Skip, 1));
        }

        var weights = PreferenceFeatures.Fixed(learned.Mean(), Context);
        Assert.True(weights.Sounds[(int)Core.Songs.Catalogue.SoundColumn.Acousticness] > 0);
        Assert.True(learned.OfArtist("Artist 1") < 0);
    }

    [Fact]
    public void What_is_learned_in_one_mood_counts_less_in_another()
    {
        var learned = Preferences.None;
        for (var i = 0; i < 40; i++)
        {
            learned = learned.With(learned.Learn(Catalogue.Song($"s{i}", 0.7f, 0.65f, artist: $"Artist {i}"), Context, Reaction.Skip, 1));
        }

        var cell = Core.Songs.Catalogue.PlaneCells.Of(0.7f, 0.65f);
        var here = PreferenceFeatures.Fixed(learned.Mean(), Context).Plane[cell];
        var elsewhere = PreferenceFeatures.Fixed(learned.Mean(), Context with { Mood = Mood.Sad }).Plane[cell];
        Assert.True(here < elsewhere && elsewhere < 0, $"{here} {elsewhere}");
    }

    [Fact]
    public void The_same_seed_draws_the_same_taste_and_another_another()
    {
        var learned = Preferences.None.With(Preferences.None.Learn(Catalogue.Song("a", 0.7f, 0.6f), Context, Reaction.Like, 1));
        var (one, same, other) = (5UL, 5UL, 6UL);
        var drawn = learned.Draw(1, ref one);
        Assert.Equal(drawn, learned.Draw(1, ref same));
        Assert.NotEqual(drawn, learned.Draw(1, ref other));
    }

    [Fact]
    public void Numbers_of_another_version_are_not_sound()
    {
        Assert.True(Preferences.None.IsSound());
        Assert.False((Preferences.None with { Moments = [1, 2] }).IsSound());
        Assert.False((Preferences.None with { Precision = Preferences.None.Precision.SetItem(0, double.NaN) }).IsSound());
    }
}
