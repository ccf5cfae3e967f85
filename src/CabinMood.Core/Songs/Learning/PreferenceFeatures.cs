using CabinMood.Core.Moods;
using CabinMood.Core.Songs.Catalogue;
using CabinMood.Core.Songs.Scan;

namespace CabinMood.Core.Songs.Learning;

/// <summary>
/// What the learned part of a taste is a linear function of: how a song sounds, and where it lies on the valence/energy
/// plane, by nine hills on the whole and nine more for each mood, so that a mood whose target is not what the driver
/// wants sinks there and rises elsewhere; and energy, for each style and quarter of the day. Before any feedback all
/// weights are expected to be zero, and the distance to the target alone counts.
/// </summary>
internal static class PreferenceFeatures
{
    /// <summary>How many there are.</summary>
    internal const int Count = Dayparts + DaypartCount;

    /// <summary>
    /// What a squared distance of 1 from the target costs, in rewards: 0.35 off, a song is expected to be worse by half
    /// of what lies between a like and a silent hearing [ours, from simulated listeners].
    /// </summary>
    internal const double DistanceCost = 1.2;

    private const int Constant = 0;
    private const int Sounds = 1;
    private const int Plane = Sounds + SoundColumns.Count;
    private const int HillsPerSide = 3;
    private const int Hills = HillsPerSide * HillsPerSide;
    private const int MoodPlanes = Plane + Hills;
    private const int MoodCount = 6;
    private const int Styles = MoodPlanes + MoodCount * Hills;
    private const int StyleCount = 3;
    private const int Dayparts = Styles + StyleCount;
    private const int DaypartCount = 4;

    // Hills overlap, so that what is learned at one place is believed of its surroundings.
    private const double HillWidth = 0.2;

    // The middle of the energy scale, from which styles and quarters of the day incline.
    private const double MiddleEnergy = 0.5;

    /// <summary>
    /// How far weights may lie from zero, as standard deviations [ours, from simulated listeners other than those that are
    /// reported]. Too narrow, and fifty reactions change nothing; too wide, and a taste follows noise.
    /// </summary>
    internal static double[] PriorDeviations { get; } = MakeDeviations();

    private static readonly double[][] HillsOfCells = [.. Enumerable.Range(0, PlaneCells.Count).Select(HillsOf)];

    /// <summary>What is expected of a song before anything is learned.</summary>
    internal static double ExpectedOf(Song song, TargetPoint target)
    {
        var numbers = Numbers(song);
        return Rewards.Expected - DistanceCost * (Square(numbers.Valence - target.Valence) + Square(numbers.Energy - target.Energy));
    }

    /// <summary>The features of a song in a situation.</summary>
    internal static double[] Of(Song song, in ListeningContext context)
    {
        var features = new double[Count];
        var numbers = Numbers(song);
        features[Constant] = 1;
        for (var column = 0; column < SoundColumns.Count; column++)
        {
            features[Sounds + column] = SoundColumns.Standardised(SoundColumns.Quantised(numbers, (SoundColumn)column));
        }

        var cell = PlaneCells.Of(numbers.Valence, numbers.Energy);
        var hills = HillsOfCells[cell];
        hills.CopyTo(features, Plane);
        hills.CopyTo(features, MoodPlanes + PlaceOf(context.Mood) * Hills);
        var energy = PlaneCells.MiddleOf(cell).Energy - MiddleEnergy;
        features[Styles + (int)context.Style] = energy;
        features[Dayparts + (int)context.Daypart] = energy;
        return features;
    }

    /// <summary>What weights over the features come down to once the situation is fixed.</summary>
    internal static SongWeights Fixed(ReadOnlySpan<double> weights, in ListeningContext context)
    {
        var constant = Rewards.Expected + weights[Constant];
        for (var column = 0; column < SoundColumns.Count; column++)
        {
            // What the lowest bytes stand for goes into the constant.
            constant += weights[Sounds + column] * SoundColumns.Lowest;
        }

        var result = new SongWeights
        {
            Target = context.Target,
            Constant = (float)constant,
            DistanceCost = (float)DistanceCost,
            Plane = PlaneOf(weights, context),
        };
        for (var column = 0; column < SoundColumns.Count; column++)
        {
            result.Sounds[column] = (float)(weights[Sounds + column] * SoundColumns.Step);
        }

        return result;
    }

    private static float[] PlaneOf(ReadOnlySpan<double> weights, in ListeningContext context)
    {
        var plane = new float[PlaneCells.Count];
        if (!weights.ContainsAnyExcept(0))
        {
            return plane;
        }

        var mood = MoodPlanes + PlaceOf(context.Mood) * Hills;
        var incline = weights[Styles + (int)context.Style] + weights[Dayparts + (int)context.Daypart];
        for (var cell = 0; cell < plane.Length; cell++)
        {
            var height = incline * (PlaneCells.MiddleOf(cell).Energy - MiddleEnergy);
            var hills = HillsOfCells[cell];
            for (var hill = 0; hill < Hills; hill++)
            {
                height += (weights[Plane + hill] + weights[mood + hill]) * hills[hill];
            }

            plane[cell] = (float)height;
        }

        return plane;
    }

    private static double[] HillsOf(int cell)
    {
        var (valence, energy) = PlaneCells.MiddleOf(cell);
        var hills = new double[Hills];
        for (var i = 0; i < Hills; i++)
        {
            var squared = Square(valence - (i / HillsPerSide + 0.5) / HillsPerSide) + Square(energy - (i % HillsPerSide + 0.5) / HillsPerSide);
            hills[i] = Math.Exp(-squared / (2 * HillWidth * HillWidth));
        }

        return hills;
    }

    private static SongNumbers Numbers(Song song) =>
        new SongNumbers(song.LengthMs, song.Valence, song.Energy, song.Tempo, song.LoudnessDb, song.Popularity, song.Audio).WithoutGaps();

    private static int PlaceOf(Mood mood) => mood switch
    {
        Mood.Happy => 0,
        Mood.Energetic => 1,
        Mood.Calm => 2,
        Mood.Sad => 3,
        Mood.Tense => 4,
        _ => 5,
    };

    private static double Square(double value) => value * value;

    private static double[] MakeDeviations()
    {
        var deviations = new double[Count];
        deviations[Constant] = 0.8;
        deviations.AsSpan(Sounds, SoundColumns.Count).Fill(0.08);
        deviations.AsSpan(Plane, Hills).Fill(0.1);
        deviations.AsSpan(MoodPlanes, MoodCount * Hills).Fill(0.15);
        deviations.AsSpan(Styles, StyleCount).Fill(0.15);
        deviations.AsSpan(Dayparts, DaypartCount).Fill(0.15);
        return deviations;
    }
}
