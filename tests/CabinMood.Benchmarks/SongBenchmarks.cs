using BenchmarkDotNet.Attributes;
using CabinMood.Core;
using CabinMood.Core.Moods;
using CabinMood.Core.Songs;
using CabinMood.Core.Songs.Catalogue;
using CabinMood.Core.Songs.Learning;
using CabinMood.Core.Songs.Scan;

namespace CabinMood.Benchmarks;

/// <summary>The scan of a million songs, and whole choices, with the product's own code.</summary>
[MemoryDiagnoser]
public class SongBenchmarks
{
    private const int Songs = 1_000_000;

    private SongCatalogue _songs = null!;
    private SongChooser _chooser = null!;
    private SongScores _scores = null!;
    private SongAdmission _admission = null!;
    private SongRequest _request = null!;

    [GlobalSetup]
    public void Load()
    {
        var random = 1UL;
        var builder = new SongCatalogueBuilder(Songs);
        for (var i = 0; i < Songs; i++)
        {
            builder.Add(new Song(
                $"s{i:0000000}", "Name", $"Artist {(int)(Next(ref random) * 200_000)}", "Album", "", 200_000, "Happy",
                Next(ref random), Next(ref random), 60 + 120 * Next(ref random), -20 * Next(ref random), 100 * Next(ref random), "en")
            {
                Audio = new AudioFeatures(Next(ref random), Next(ref random), Next(ref random), Next(ref random), Next(ref random)),
            });
        }

        _songs = builder.Build("x:{id}");
        var options = new SongOptions();
        _chooser = new SongChooser(_songs, options);
        var context = new ListeningContext(Mood.Happy, Style.Match, Daypart.Morning, new TargetPoint(0.7f, 0.65f));
        var learned = Preferences.None;
        for (var i = 0; i < 50; i++)
        {
            learned = learned.With(learned.Learn(_songs[i * 1000], context, i % 3 == 0 ? Reaction.Skip : Reaction.Like, 1));
        }

        _request = new SongRequest(Mood.Happy, Style.Match, Taste.None, true, false, false, [.. Enumerable.Range(0, 50).Select(i => new Play($"s{i * 1000:0000000}", TimeSpan.Zero))], 1) { Learned = learned };
        _scores = new SongScores(_songs, PreferenceFeatures.Fixed(learned.Mean(), context));
        _admission = new SongAdmission(_songs, SongSafety.Of(_songs, options), SafetyBounds.Moving, new HashSet<int>(), new HashSet<int>());
    }

    /// <summary>Distance, plane, all eight sounds, caps and shortlist over a million songs.</summary>
    [Benchmark]
    public int ScanningAMillionSongs()
    {
        var shortlist = new Shortlist(96);
        SongScan.Run(_songs, _scores, _admission, shortlist);
        return shortlist.Count;
    }

    [Benchmark]
    public string ChoosingAmongAMillionSongs() => _chooser.Choose(_request).Song.Id;

    private static float Next(ref ulong random) => (float)SplitMix64.NextFraction(ref random);
}
