using System.Collections.Immutable;
using CabinMood.Core.Moods;
using CabinMood.Core.Songs;
using CabinMood.Core.Songs.Learning;

namespace CabinMood.Core.Tests.Songs;

public class StrategyTests
{
    private static readonly IReadOnlyList<Song> Songs = [.. RandomCatalogue.Of(400, 11)];

    [Fact]
    public void Mood_random_plays_songs_of_the_moods_label()
    {
        var chosen = Play(Strategy.MoodRandom, Mood.Happy, 100);
        Assert.All(chosen, song => Assert.Equal("Happy", song.MoodLabel));
        Assert.True(chosen.Distinct().Count() > 20);
    }

    [Fact]
    public void Mood_popular_plays_the_five_most_popular_for_ever()
    {
        var chosen = Play(Strategy.MoodPopular, Mood.Calm, 100).Distinct().ToList();
        var top = Songs.Where(song => song.MoodLabel == "Calm").OrderByDescending(song => song.Popularity).Take(5);
        Assert.Equal(top.Select(song => song.Id).Order(), chosen.Select(song => song.Id).Order());
    }

    [Fact]
    public void Taste_plays_the_named_artists_while_they_have_songs()
    {
        var artist = Songs.First(song => song.MoodLabel == "Energetic").Artist;
        var choice = Chooser(Strategy.Taste).Choose(Request(Mood.Neutral) with { Taste = Taste.None with { Artists = [artist] } });
        Assert.Equal(artist, choice.Song.Artist);
    }

    [Fact]
    public void Similar_plays_what_sounds_most_like_the_song_that_was_liked()
    {
        var liked = Songs[17];
        var twin = liked with { Id = "twin", Artist = "Somebody else" };
        var chooser = new SongChooser([.. Songs, twin], new SongOptions { Strategy = Strategy.Similar });
        var context = new ListeningContext(Mood.Happy, Style.Match, Daypart.Night, new TargetPoint(0.5f, 0.5f));
        var learned = Preferences.None.With(Preferences.None.Learn(liked, context, Reaction.Like, 1));

        var choice = chooser.Choose(Request(Mood.Happy) with { Learned = learned, History = [new Play(liked.Id, TimeSpan.Zero)] });

        Assert.Equal("twin", choice.Song.Id);
    }

    [Theory]
    [InlineData(Strategy.Target)]
    [InlineData(Strategy.MoodRandom)]
    [InlineData(Strategy.MoodPopular)]
    [InlineData(Strategy.Taste)]
    [InlineData(Strategy.Similar)]
    public void Caps_hold_in_every_strategy(Strategy strategy)
    {
        foreach (var mood in Enum.GetValues<Mood>())
        {
            var choice = Chooser(strategy).Choose(Request(mood) with { IsMoving = true });
            Assert.All(choice.Next.Append(choice.Song), song => Assert.True(song.Energy <= 0.85f && song.Energy * song.Tempo <= 110));
        }
    }

    [Fact]
    public void An_artist_comes_twice_an_hour_and_no_more()
    {
        List<Song> songs = [.. Enumerable.Range(0, 60).Select(i => Catalogue.Song($"s{i:00}", 0.55f, 0.5f, artist: $"Artist {i % 20}"))];
        var chooser = new SongChooser(songs, new SongOptions { NoRepeatSongs = 10 });
        var history = ImmutableList<Play>.Empty;
        for (var i = 0; i < 200; i++)
        {
            var now = TimeSpan.FromMinutes(3 * i);
            var song = chooser.Choose(Request(Mood.Neutral) with { History = history, Now = now, Seed = (ulong)i }).Song;
            history = history.Add(new Play(song.Id, now));
            var inTheHour = history.Where(play => now - play.At < TimeSpan.FromHours(1)).Count(play => int.Parse(play.SongId[1..], System.Globalization.CultureInfo.InvariantCulture) % 20 == int.Parse(song.Id[1..], System.Globalization.CultureInfo.InvariantCulture) % 20);
            Assert.InRange(inTheHour, 1, 2);
        }
    }

    private static SongChooser Chooser(Strategy strategy) => new(Songs, new SongOptions { Strategy = strategy });

    private static List<Song> Play(Strategy strategy, Mood mood, int count) =>
        [.. Enumerable.Range(0, count).Select(seed => Chooser(strategy).Choose(Request(mood) with { Seed = (ulong)seed }).Song)];

    private static SongRequest Request(Mood mood) => new(mood, Style.Match, Taste.None, false, false, false, [], 1);
}
