using System.Collections.Immutable;
using CabinMood.Core.Moods;
using CabinMood.Core.Songs;

namespace CabinMood.Core.Tests.Songs;

public class SongChooserTests
{
    private static readonly SongOptions Options = new();

    [Fact]
    public void The_same_request_gives_the_same_choice()
    {
        var chooser = new SongChooser(Catalogue.Grid, Options);
        var first = chooser.Choose(Request(Mood.Happy) with { Seed = 7 });
        var second = chooser.Choose(Request(Mood.Happy) with { Seed = 7 });
        Assert.Equal(first.Song, second.Song);
        Assert.Equal(first.Next, second.Next);
    }

    [Fact]
    public void Songs_lie_near_the_target_and_are_not_always_the_same()
    {
        var chooser = new SongChooser(Catalogue.Grid, Options);
        var songs = Enumerable.Range(0, 100).Select(seed => chooser.Choose(Request(Mood.Happy) with { Seed = (ulong)seed }).Song).ToList();

        Assert.All(songs, song => Assert.InRange(Math.Abs(song.Valence - 0.70) + Math.Abs(song.Energy - 0.65), 0, 0.4));
        Assert.True(songs.Distinct().Count() >= 5);
    }

    [Fact]
    public void What_comes_next_repeats_neither_the_song_nor_itself()
    {
        var choice = new SongChooser(Catalogue.Grid, Options).Choose(Request(Mood.Calm));
        Assert.Equal(3, choice.Next.Count);
        Assert.Equal(4, choice.Next.Append(choice.Song).Distinct().Count());
    }

    [Fact]
    public void A_moving_car_hears_nothing_beyond_the_caps()
    {
        var loud = Catalogue.Grid.Select(song => song with { Energy = MathF.Min(1, song.Energy + 0.3f), Tempo = 140 }).ToList();
        var chooser = new SongChooser(loud, Options);
        for (var seed = 0UL; seed < 100; seed++)
        {
            var choice = chooser.Choose(Request(Mood.Energetic) with { IsMoving = true, Seed = seed });
            Assert.All(choice.Next.Append(choice.Song), song =>
            {
                Assert.True(song.Energy <= 0.85f);
                Assert.True(song.Energy * song.Tempo <= 110);
            });
        }
    }

    [Fact]
    public void A_song_whose_numbers_are_missing_is_not_for_a_moving_car()
    {
        List<Song> songs = [Catalogue.Song("a", 0.5f, float.NaN), Catalogue.Song("b", 0.1f, 0.1f, tempo: float.NaN), Catalogue.Song("c", 0.1f, 0.1f)];
        var choice = new SongChooser(songs, Options).Choose(Request(Mood.Happy) with { IsMoving = true });
        Assert.Equal("c", choice.Song.Id);
        Assert.Empty(choice.Next);
    }

    [Fact]
    public void When_every_song_breaks_the_caps_the_quietest_play()
    {
        List<Song> songs = [.. Enumerable.Range(0, 30).Select(i => Catalogue.Song($"s{i:00}", 0.5f, 0.99f - i * 0.001f, tempo: 180))];
        var choice = new SongChooser(songs, Options).Choose(Request(Mood.Energetic) with { IsMoving = true });
        Assert.True(choice.Song.Energy <= songs.OrderBy(song => song.Energy).ElementAt(11).Energy);
    }

    [Fact]
    public void Excluded_artists_stay_away_even_when_songs_must_be_repeated()
    {
        var taste = Taste.None with { ExcludedArtists = [.. Enumerable.Range(0, 24).Select(i => $"ARTIST {i}")] };
        var recent = Catalogue.Grid.Select(song => new Play(song.Id, TimeSpan.Zero)).ToImmutableList();
        for (var seed = 0UL; seed < 50; seed++)
        {
            var choice = new SongChooser(Catalogue.Grid, Options).Choose(Request(Mood.Happy) with { Taste = taste, History = recent, Seed = seed });
            Assert.All(choice.Next.Append(choice.Song), song => Assert.Equal("Artist 24", song.Artist));
        }
    }

    [Fact]
    public void When_every_artist_is_excluded_the_wish_gives_way_and_the_caps_do_not()
    {
        var taste = Taste.None with { ExcludedArtists = [.. Enumerable.Range(0, 25).Select(i => $"Artist {i}")] };
        for (var seed = 0UL; seed < 50; seed++)
        {
            var choice = new SongChooser(Catalogue.Grid, Options).Choose(Request(Mood.Happy) with { Taste = taste, IsMoving = true, Seed = seed });
            Assert.InRange(Math.Abs(choice.Song.Valence - 0.70) + Math.Abs(choice.Song.Energy - 0.65), 0, 0.4);
            Assert.True(choice.Song.Energy <= 0.85f && choice.Song.Energy * choice.Song.Tempo <= 110);
        }
    }

    [Fact]
    public void A_tired_driver_hears_medium_tempo_with_some_energy_unless_they_asked()
    {
        var request = Request(Mood.Neutral) with { IsTired = true, IsMoving = true };
        var chooser = new SongChooser([.. Catalogue.Grid, .. Catalogue.Grid.Select(song => song with { Id = song.Id + "slow", Tempo = 70 })], Options);
        for (var seed = 0UL; seed < 50; seed++)
        {
            var choice = chooser.Choose(request with { Seed = seed });
            Assert.InRange(choice.Song.Energy, 0.45f, 0.85f);
            Assert.InRange(choice.Song.Tempo, 90, 125);
            Assert.True(choice.Target.Energy >= 0.45f);
        }

        var asked = chooser.Choose(request with { Mood = Mood.Calm, IsDriversWish = true });
        Assert.Equal(0.35f, asked.Target.Energy);
    }

    [Fact]
    public void When_no_song_suits_a_tired_driver_the_caps_of_a_moving_car_still_hold()
    {
        var slow = Catalogue.Grid.Select(song => song with { Tempo = 60 }).ToList();
        var request = Request(Mood.Energetic) with { IsTired = true, IsMoving = true };
        for (var seed = 0UL; seed < 50; seed++)
        {
            var choice = new SongChooser(slow, Options).Choose(request with { Seed = seed });
            Assert.InRange(choice.Song.Energy, 0.5f, 0.85f);
        }
    }

    [Fact]
    public void Songs_do_not_repeat_within_forty_and_artists_not_in_a_row()
    {
        var chooser = new SongChooser(Catalogue.Grid, Options);
        var recent = ImmutableList<Play>.Empty;
        string? artist = null;
        for (var i = 0; i < 200; i++)
        {
            var song = chooser.Choose(Request(Mood.Neutral) with { History = recent, Seed = (ulong)i }).Song;
            Assert.DoesNotContain(song.Id, recent.TakeLast(40).Select(play => play.SongId));
            Assert.NotEqual(artist, song.Artist);
            recent = recent.Add(new Play(song.Id, TimeSpan.FromMinutes(i)));
            artist = song.Artist;
        }
    }

    [Fact]
    public void A_song_does_not_follow_itself_while_there_is_another()
    {
        List<Song> songs = [Catalogue.Song("a", 0.5f, 0.5f), Catalogue.Song("b", 0.5f, 0.5f), Catalogue.Song("c", 0.5f, 0.9f), Catalogue.Song("d", 0.5f, 0.9f)];
        for (var seed = 0UL; seed < 50; seed++)
        {
            // Only a and b keep the caps, and both were played of late.
            var choice = new SongChooser(songs, Options).Choose(Request(Mood.Neutral) with { IsMoving = true, History = [new("a", TimeSpan.Zero), new("b", TimeSpan.Zero)], Seed = seed });
            Assert.Equal("a", choice.Song.Id);
        }
    }

    [Fact]
    public void A_catalogue_of_one_song_plays_it()
    {
        var chooser = new SongChooser([Catalogue.Song("only", 0.1f, 1, tempo: 200)], Options);
        var choice = chooser.Choose(Request(Mood.Calm) with { IsMoving = true, IsTired = true, History = [new("only", TimeSpan.Zero)] });
        Assert.Equal("only", choice.Song.Id);
        Assert.Empty(choice.Next);
    }

    [Fact]
    public void A_favourite_artist_and_language_come_first()
    {
        var taste = new Taste(["artist 3"], ["de"], []);
        List<Song> songs = [.. Catalogue.Grid.Select(song => song with { Language = song.Artist == "Artist 4" ? "de" : "fr" })];
        var artists = Enumerable.Range(0, 100)
            .Select(seed => new SongChooser(songs, Options).Choose(Request(Mood.Neutral) with { Taste = taste, Seed = (ulong)seed }).Song.Artist)
            .ToList();
        var chance = artists.Count(artist => artist is "Artist 3" or "Artist 4");
        Assert.True(chance > 30, $"{chance} of 100");
    }

    [Theory]
    [InlineData(-20, 0)]
    [InlineData(-12, 0)]
    [InlineData(-5, -7)]
    [InlineData(float.NaN, 0)]
    [InlineData(float.NegativeInfinity, 0)]
    public void Gain_evens_out_loudness_and_never_raises_it(float loudness, float gain)
    {
        Assert.Equal(gain, new SongChooser(Catalogue.Grid, Options).GainDbFor(Catalogue.Song("x", 0, 0, loudnessDb: loudness)));
    }

    [Fact]
    public void Gain_stays_a_number_that_a_player_can_use()
    {
        var gain = new SongChooser(Catalogue.Grid, Options).GainDbFor(Catalogue.Song("x", 0, 0, loudnessDb: float.PositiveInfinity));
        Assert.InRange(gain, -60, 0);
    }

    [Fact]
    public void An_empty_catalogue_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new SongChooser([], Options));
    }

    [Fact]
    public void Default_options_are_valid_and_contradictions_are_named()
    {
        var errors = new List<ConfigurationError>();
        new SongOptions().Validate(errors);
        Assert.Empty(errors);
        new SongOptions { UriTemplate = "x", TiredMinTempo = 130, TiredMinEnergy = 0.9 }.Validate(errors);
        Assert.Equal(["Songs:UriTemplate", "Songs:TiredMinTempo", "Songs:TiredMinEnergy"], errors.ConvertAll(error => error.Key));
    }

    private static SongRequest Request(Mood mood) => new(mood, Style.Match, Taste.None, false, false, false, [], 1);
}
