using CabinMood.Core.Conductor;
using CabinMood.Core.Conductor.Commands;
using CabinMood.Core.Moods;
using CabinMood.Core.Safety;
using CabinMood.Core.Songs;

namespace CabinMood.Core.Tests.Conductor;

public class WordsTests
{
    [Fact]
    public void What_spoke_for_a_song_is_said_where_it_fits_and_left_out_where_the_line_would_be_long()
    {
        Assert.Equal("From here on: something calm, by an artist you asked for.", Words.With("From here on: something calm.", ChoiceGround.NamedArtist));

        const string longLine = "You are tired, so nothing sleepy: something in between.";
        Assert.Equal(longLine, Words.With(longLine, ChoiceGround.LikedArtist));
        Assert.All(Enum.GetValues<ChoiceGround>(), ground => Assert.InRange(Words.With(longLine, ground).Length, longLine.Length, ShortLine.MaxLength));
    }

    [Fact]
    public void A_tired_driver_who_named_artists_gets_one_short_line()
    {
        var drive = Drive.OnTheRoad(catalogue: [.. Catalogue.Grid.Select(song => song with { Artist = "The Only Artist", LengthMs = 60_000 })]);
        drive.Asks(id => new SetTaste(id, ["The Only Artist"], [], [])).Looks(Mood.Sad).Waits(25).TrackEnds().TrackEnds();
        Assert.Contains(", by an artist you asked for.", drive.Song.Why.Text, StringComparison.Ordinal);

        drive.Signal(VehicleSignal.Fatigue, 80).TrackEnds();

        Assert.StartsWith("You are tired, so nothing sleepy", drive.Song.Why.Text, StringComparison.Ordinal);
        Assert.All(drive.Songs, song => Assert.InRange(song.Why.Text.Length, 10, ShortLine.MaxLength));
    }
}
