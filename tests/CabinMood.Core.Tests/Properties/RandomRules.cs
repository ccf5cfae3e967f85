using CabinMood.Core.Conductor;
using CabinMood.Core.Safety;
using CabinMood.Core.Songs;
using FsCheck;
using FsCheck.Fluent;

namespace CabinMood.Core.Tests.Properties;

/// <summary>The rules of a random drive: the limiter's profile, the changes that an hour allows, abrupt calming, and how long the songs' names are.</summary>
internal sealed record RandomRules(LimiterProfile Profile, int Budget, bool AbruptCalming, bool HasLongNames)
{
    private static readonly IReadOnlyList<Song> LongNames =
        [.. Catalogue.Grid.Select(song => song with { Name = song.Name.PadRight(300, 'a'), Artist = song.Artist.PadRight(300, 'b'), Album = song.Album.PadRight(300, 'c') })];

    public static Gen<RandomRules> Any { get; } =
        from profile in Gen.Frequency(
            (6, Gen.Constant(LimiterProfile.Standard)),
            (2, Gen.Constant(LimiterProfile.Strict)),
            (1, Gen.Constant(LimiterProfile.Parked)),
            (1, Gen.Constant(LimiterProfile.Commercial)))
        from budget in Gen.Frequency((3, Gen.Choose(1, 3)), (2, Gen.Constant(12)))
        from isAbrupt in Gen.Elements(true, false)
        from hasLongNames in Gen.Elements(true, false)
        select new RandomRules(profile, budget, isAbrupt && profile == LimiterProfile.Standard, hasLongNames);

    public IReadOnlyList<Song> Songs => HasLongNames ? LongNames : Catalogue.Grid;

    /// <summary>Shorter evidence and intervals, so that a random drive sees several changes; the rules are the same.</summary>
    public ConductorOptions Options()
    {
        var options = ConductorOptions.Default;
        options.Moods.EvidenceSeconds = 3;
        options.Moods.SmoothingSeconds = 0.5;
        options.Limiter.Profile = Profile;
        options.Limiter.MinIntervalSeconds = 20;
        options.Limiter.ParkedIntervalSeconds = 5;
        options.Limiter.ParkedMaxChangesPerHour = Budget;
        if (Profile != LimiterProfile.Parked)
        {
            options.Limiter.MaxChangesPerHour = Budget;
        }

        options.Limiter.EvidenceSeconds = Profile == LimiterProfile.Strict ? 5 : 0;
        options.Limiter.AbruptCalming = AbruptCalming;
        options.Limiter.AbruptCalmingSeconds = 4;
        options.Trips.NewDriverSeconds = 8;
        options.Trips.EndSeconds = 60;
        options.Vehicle.EyesClosed.Kind = SignalKind.OnChange;
        return options;
    }

    public override string ToString() =>
        $"{Profile}, {Budget} changes an hour{(AbruptCalming ? ", abrupt calming" : "")}{(HasLongNames ? ", long names" : "")}";
}
