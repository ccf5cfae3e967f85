using CabinMood.Core.Songs;
using CabinMood.Core.Songs.Catalogue;
using CabinMood.Core.Songs.Scan;
using CabinMood.Core.Tests.Properties;
using FsCheck.Fluent;

namespace CabinMood.Core.Tests.Songs.Scan;

public class ScoreBoundsTests
{
    [Fact]
    public void No_song_scores_more_than_its_bound_says() => PropertyCheck.Check(Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue)), seed =>
    {
        var songs = RandomCatalogue.Of(70, (ulong)seed);
        var weights = ScanWeights.Any(seed);
        float[] costs = [.. songs.Languages.Select((_, place) => 0.1f * place * (seed & 3))];
        var scores = new SongScores(songs, weights) { LanguageCosts = costs };
        var bounds = new ScoreBounds(weights, costs);
        var found = new short[songs.Count];
        bounds.Fill(songs, 0, found);
        return Enumerable.Range(0, songs.Count).All(song => found[song] >= bounds.LimitFor(scores.Of(song)));
    }));

    [Fact]
    public void A_cell_is_as_near_as_any_song_in_it() => PropertyCheck.Check(Prop.ForAll(Arb.From(Gen.Choose(-500, 1500).Four()), thousandths =>
    {
        var (valence, energy) = (thousandths.Item1 / 1000f, thousandths.Item2 / 1000f);
        var point = new TargetPoint(thousandths.Item3 / 1000f, thousandths.Item4 / 1000f);
        var squared = Math.Pow((double)valence - point.Valence, 2) + Math.Pow((double)energy - point.Energy, 2);
        return PlaneCells.SquaredDistance(PlaneCells.Of(valence, energy), point) <= squared;
    }));

    [Fact]
    public void Most_songs_of_a_large_catalogue_are_passed_over()
    {
        var songs = RandomCatalogue.Of(100_000, 11);
        var weights = ScanWeights.Wavy();
        var bounds = new ScoreBounds(weights, null);
        var found = new short[songs.Count];
        bounds.Fill(songs, 0, found);
        var best = Enumerable.Range(0, songs.Count).Select(song => weights.ScoreOf(songs, song)).OrderDescending().Take(96).ToList();

        // So that a bound that is always high, and never wrong, does not pass.
        var reaching = found.Count(bound => bound >= bounds.LimitFor(best[^1]));
        Assert.InRange(reaching, best.Count, 10 * best.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(16)]
    [InlineData(37)]
    [InlineData(1023)]
    public void Kernels_compute_what_plain_loops_compute(int count)
    {
        var random = new Random(count);
        var table = Enumerable.Range(0, 50).Select(_ => (short)random.Next(short.MinValue, short.MaxValue + 1)).ToArray();
        var places = Enumerable.Range(0, count).Select(_ => (ushort)random.Next(table.Length)).ToArray();
        var sounds = Enumerable.Range(0, count).Select(_ => (byte)random.Next(256)).ToArray();
        var bounds = new short[count];

        BoundKernels.Look(table, places, bounds);
        Assert.Equal(places.Select(place => table[place]), bounds);

        BoundKernels.Add(-247, sounds, bounds);
        Assert.Equal(places.Zip(sounds, (place, sound) => unchecked((short)(table[place] - 247 * sound))), bounds);

        BoundKernels.Subtract(table, places, bounds);
        Assert.Equal(sounds.Select(sound => unchecked((short)(-247 * sound))), bounds);

        for (var start = 0; start <= count; start++)
        {
            var next = Array.FindIndex(bounds, start, bound => bound >= -500);
            Assert.Equal(next < 0 ? count : next, BoundKernels.NextFrom(start, bounds, -500));
        }
    }

    [Fact]
    public void Spans_of_different_length_are_refused()
    {
        Assert.Throws<ArgumentException>(() => BoundKernels.Look([1], new ushort[3], new short[4]));
        Assert.Throws<ArgumentException>(() => BoundKernels.Add(1, new byte[3], new short[4]));
        Assert.Throws<ArgumentException>(() => BoundKernels.Subtract([1], new ushort[5], new short[4]));
    }
}
