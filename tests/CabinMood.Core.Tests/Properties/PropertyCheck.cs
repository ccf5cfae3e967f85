using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace CabinMood.Core.Tests.Properties;

/// <summary>
/// Holds a property against random drives: 500, or 10,000 with CABINMOOD_TEST_ALL=1. A failure prints the shrunken drive
/// and FsCheck's seed, and CABINMOOD_TEST_SEED=seed,gamma,size runs that case again.
/// </summary>
internal static class PropertyCheck
{
    private static readonly string? Seed = Environment.GetEnvironmentVariable("CABINMOOD_TEST_SEED");

    public static int Cases { get; } = Environment.GetEnvironmentVariable("CABINMOOD_TEST_ALL") == "1" ? 10_000 : 500;

    /// <summary>On every drive; from a quiet road with consent, or from the very start.</summary>
    public static void ForAll(Func<Drive, bool> holds, bool fromQuietRoad = true) => ForAll((drive, _) => holds(drive), fromQuietRoad);

    /// <summary>The same, with the drive's plan.</summary>
    public static void ForAll(Func<Drive, RandomDrive, bool> holds, bool fromQuietRoad = true) =>
        Check(Prop.ForAll(RandomDrives.Any, random => holds(random.Run(fromQuietRoad), random)));

    /// <summary>In every step of every drive.</summary>
    public static void InEveryStep(Func<Drive, Drive.Step, bool> holds) => ForAll(drive => drive.Steps.All(step => holds(drive, step)));

    public static void Check(Property property)
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(Cases).WithQuietOnSuccess(true);
        if (Seed?.Split(',') is [var seed, var gamma, .. var size])
        {
            config = config.WithReplay(new Replay(
                new Rnd(ulong.Parse(seed, CultureInfo.InvariantCulture), ulong.Parse(gamma, CultureInfo.InvariantCulture)),
                size is [var only] ? int.Parse(only, CultureInfo.InvariantCulture) : Microsoft.FSharp.Core.FSharpOption<int>.None));
        }

        property.Check(config);
    }
}
