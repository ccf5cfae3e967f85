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
        var found = shortlist.Ordered();
        Assert.Equal(expected.Count, found.Length);
        // Sums in another order differ in the last digits, and songs that are equal but for them may change places.
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First.Score, pair.Second.Score, 4));
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

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(16)]
    [InlineData(37)]
    public void Kernels_compute_what_plain_loops_compute(int count)
    {
        var songs = RandomCatalogue.Of(Math.Max(1, count), 3);
        var weights = Weights();
        var scores = new float[count];
        ScoreKernels.Distance(songs.Valence[..count], songs.Energy[..count], weights, scores);
        ScoreKernels.AddPlane(songs.Cells[..count], weights.Plane, scores);
        ScoreKernels.AddSounds(songs.Sounds, 0, weights.Sounds, scores);

        for (var i = 0; i < count; i++)
        {
            Assert.Equal(weights.ScoreOf(songs, i), scores[i], 4);
        }
    }

    [Fact]
    public void Spans_of_different_length_are_refused() =>
        Assert.Throws<ArgumentException>(() => ScoreKernels.AddSounds([new byte[3]], 0, [1], new float[4]));

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
        var scores = new SongScores(songs, Weights()) { LanguageCosts = [.. songs.Languages.Select(language => language == "en" ? 0 : 0.1f)] };
        scores.AddForArtist(songs.ArtistPlaces[songs.Count - 1], 0.5f);
        scores.AddForArtist(songs.ArtistPlaces[0], -0.5f);
        scores.AddForSong(songs.Count / 3, 0.7f);
        scores.AddForSong(songs.Count / 4, -0.2f);
        return scores;
    }

    private static SongWeights Weights()
    {
        var weights = new SongWeights { Target = new TargetPoint(0.4f, 0.6f), Constant = 0.5f, DistanceCost = 1.2f };
        for (var i = 0; i < weights.Plane.Length; i++)
        {
            weights.Plane[i] = 0.1f * MathF.Sin(i);
        }

        for (var i = 0; i < weights.Sounds.Length; i++)
        {
            weights.Sounds[i] = (i - 3) * 0.0003f;
        }

        return weights;
    }
}
