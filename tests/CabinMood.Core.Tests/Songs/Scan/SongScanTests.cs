using CabinMood.Core.Songs;
using CabinMood.Core.Songs.Catalogue;
using CabinMood.Core.Songs.Scan;

namespace CabinMood.Core.Tests.Songs.Scan;

public class SongScanTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(17)]
    [InlineData(1023)]
    [InlineData(1025)]
    [InlineData(20_001)]
    public void The_scan_finds_what_looking_at_every_song_finds(int count)
    {
        var songs = RandomCatalogue.Of(count, 7);
        var safety = SongSafety.Of(songs, new SongOptions());
        var admission = new SongAdmission(songs, safety, SafetyBounds.Moving, new HashSet<int> { 0 }, new HashSet<int> { count / 2 });
        var scores = Scores(songs);
        var shortlist = new Shortlist(20);

        SongScan.Run(songs, scores, admission, shortlist);

        var expected = Enumerable.Range(0, count).Where(admission.Admits)
            .Select(song => (Score: scores.Of(song), Song: song))
            .OrderByDescending(entry => entry.Score).ThenBy(entry => entry.Song).Take(20).ToList();
        Assert.Equal(expected, shortlist.Ordered());
    }

    [Fact]
    public void A_catalogue_in_the_worst_order_is_searched_as_well()
    {
        var builder = new SongCatalogueBuilder(0);
        for (var i = 0; i < 5000; i++)
        {
            builder.Add(Catalogue.Song($"s{i:0000}", 0.5f, 0.5f + (5000 - i) / 20_000f));
        }

        var songs = builder.Build("");
        var admission = new SongAdmission(songs, new byte[5000], SafetyBounds.None, new HashSet<int>(), new HashSet<int>());
        var shortlist = new Shortlist(3);
        SongScan.Run(songs, new SongScores(songs, new SongWeights { Target = new TargetPoint(0.5f, 0.5f), DistanceCost = 1 }), admission, shortlist);

        Assert.Equal([4999, 4998, 4997], shortlist.Ordered().Select(entry => entry.Song));
    }

    [Fact]
    public void A_choice_allocates_no_more_in_a_catalogue_fifty_times_as_large()
    {
        var small = BytesPerChoice(RandomCatalogue.Of(2000, 5));
        var large = BytesPerChoice(RandomCatalogue.Of(100_000, 5));

        Assert.True(large < small + 10_000, $"{small} bytes for 2,000 songs, {large} for 100,000");
    }

    private static long BytesPerChoice(SongCatalogue songs)
    {
        var chooser = new SongChooser(songs, new SongOptions());
        var request = new SongRequest(Core.Moods.Mood.Happy, Style.Match, Taste.None, true, false, false, [], 1);
        chooser.Choose(request);
        var before = GC.GetAllocatedBytesForCurrentThread();
        chooser.Choose(request);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static SongScores Scores(SongCatalogue songs)
    {
        var scores = new SongScores(songs, ScanWeights.Wavy()) { LanguageCosts = [.. songs.Languages.Select(language => language == "en" ? 0 : 0.1f)] };
        scores.AddForArtist(songs.ArtistPlaces[songs.Count - 1], 0.5f);
        scores.AddForArtist(songs.ArtistPlaces[0], -0.5f);
        scores.AddForSong(songs.Count / 3, 0.7f);
        scores.AddForSong(songs.Count / 4, -0.2f);
        return scores;
    }
}
