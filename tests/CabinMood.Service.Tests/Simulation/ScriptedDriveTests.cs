using CabinMood.Service.Tests.Support;

namespace CabinMood.Service.Tests.Simulation;

/// <summary>The drives of tests/data/drives, whose expectations were written by hand from the rules.</summary>
public sealed class ScriptedDriveTests
{
    public static TheoryData<string> Names =>
        [.. Directory.GetFiles(Repository.File("tests/data/drives"), "*.jsonl").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Fact]
    public void There_are_at_least_twelve() => Assert.True(Names.Count >= 12);

    [Theory]
    [MemberData(nameof(Names))]
    public void What_the_author_expects_is_decided(string name)
    {
        var drive = Played.Scripted(name);

        var result = Played.Play(drive);

        Assert.True(drive.Expectations.Count >= 5, "a drive that expects nothing proves nothing");
        Assert.NotEmpty(drive.Title);
        Assert.Empty(result.Missed.Select(missed => $"line {missed.Line}: {missed.Text}"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_mood_that_lasts_is_found_within_30_s_and_no_other_is(string name)
    {
        var totals = Played.Play(Played.Scripted(name)).Totals;

        Assert.All(totals.SecondsToDetect, seconds => Assert.InRange(seconds, 19.9, 30));
        Assert.Equal(0, totals.FalseChanges ?? 0);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_drive_gives_the_same_bytes(string name) =>
        Assert.Equal(Played.Lines(Played.Play(Played.Scripted(name))), Played.Lines(Played.Play(Played.Scripted(name))));

    [Theory]
    [MemberData(nameof(Names))]
    public void Another_seed_gives_other_songs_and_trips_and_nothing_else(string name)
    {
        var drive = Played.Scripted(name);

        var (one, other) = (Played.Play(drive), Played.Play(drive, seed: 4711));

        Assert.NotEqual(one.Decisions.Select(decision => decision.Song), other.Decisions.Select(decision => decision.Song));
        Assert.Equal(WithoutNames(one), WithoutNames(other));
    }

    private static IEnumerable<string> WithoutNames(CabinMood.Service.Simulation.SimulationResult result) =>
        result.Decisions.Select(decision => (decision with { Song = null, Id = null }).ToLine());
}
