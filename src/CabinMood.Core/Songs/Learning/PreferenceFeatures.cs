using CabinMood.Core.Moods;
using CabinMood.Core.Songs.Catalogue;
using CabinMood.Core.Songs.Scan;

namespace CabinMood.Core.Songs.Learning;

/// <summary>
/// What the taste is a linear function of: how far and to which side of the target a song lies, on the whole and for
/// each mood, style and quarter of the day; the squares of these distances; and how it sounds. The numbers before any
/// feedback say: the nearer to the target the better, and nothing else.
/// </summary>
internal static class PreferenceFeatures
{
    /// <summary>How many there are.</summary>
    internal const int Count = Dayparts + DaypartCount;

    /// <summary>
    /// What a squared distance of 1 from the target costs, before anything is learned: a song 0.3 away is expected to
    /// be worse by 0.18, as much as a silent hearing is worse than a like and a bit.
    /// </summary>
    internal const double DistanceCost = 2;

    private const int Constant = 0;
    private const int Valence = 1;
    private const int Energy = 2;
    private const int ValenceSquared = 3;
    private const int EnergySquared = 4;
    private const int Sounds = 5;
    private const int Moods = Sounds + SoundColumns.Count;
    private const int MoodCount = 6;
    private const int Styles = Moods + 2 * MoodCount;
    private const int StyleCount = 3;
    private const int Dayparts = Styles + 2 * StyleCount;
    private const int DaypartCount = 4;

    /// <summary>Expected weights before any feedback.</summary>
    internal static double[] PriorMeans { get; } = MakeMeans();

    /// <summary>How far weights may lie from that, as standard deviations [ours, from simulated listeners].</summary>
    internal static double[] PriorDeviations { get; } = MakeDeviations();

    /// <summary>The features of a song in a situation.</summary>
    internal static double[] Of(Song song, in ListeningContext context)
    {
        var features = new double[Count];
        var numbers = new SongNumbers(song.LengthMs, song.Valence, song.Energy, song.Tempo, song.LoudnessDb, song.Popularity, song.Audio).WithoutGaps();
        double valence = numbers.Valence - context.Target.Valence;
        double energy = numbers.Energy - context.Target.Energy;
        features[Constant] = 1;
        features[Valence] = valence;
        features[Energy] = energy;
        features[ValenceSquared] = valence * valence;
        features[EnergySquared] = energy * energy;
        for (var column = 0; column < SoundColumns.Count; column++)
        {
            features[Sounds + column] = SoundColumns.Centred(SoundColumns.Quantised(numbers, (SoundColumn)column));
        }

        features[Moods + 2 * PlaceOf(context.Mood)] = valence;
        features[Moods + 2 * PlaceOf(context.Mood) + 1] = energy;
        features[Styles + 2 * (int)context.Style] = valence;
        features[Styles + 2 * (int)context.Style + 1] = energy;
        features[Dayparts + (int)context.Daypart] = energy;
        return features;
    }

    /// <summary>What weights over the features come down to once the situation is fixed.</summary>
    internal static SongWeights Fixed(ReadOnlySpan<double> weights, in ListeningContext context)
    {
        var mood = Moods + 2 * PlaceOf(context.Mood);
        var style = Styles + 2 * (int)context.Style;
        // A byte b stands for b / 127.5 - 1: the -1 of all columns goes into the constant.
        var constant = weights[Constant];
        for (var column = 0; column < SoundColumns.Count; column++)
        {
            constant -= weights[Sounds + column];
        }

        var result = new SongWeights
        {
            Target = context.Target,
            Constant = (float)constant,
            Valence = (float)(weights[Valence] + weights[mood] + weights[style]),
            ValenceSquared = (float)weights[ValenceSquared],
            Energy = (float)(weights[Energy] + weights[mood + 1] + weights[style + 1] + weights[Dayparts + (int)context.Daypart]),
            EnergySquared = (float)weights[EnergySquared],
        };
        for (var column = 0; column < SoundColumns.Count; column++)
        {
            result.Sounds[column] = (float)(weights[Sounds + column] / 127.5);
        }

        return result;
    }

    private static int PlaceOf(Mood mood) => mood switch
    {
        Mood.Happy => 0,
        Mood.Energetic => 1,
        Mood.Calm => 2,
        Mood.Sad => 3,
        Mood.Tense => 4,
        _ => 5,
    };

    private static double[] MakeMeans()
    {
        var means = new double[Count];
        means[Constant] = Rewards.Expected;
        means[ValenceSquared] = -DistanceCost;
        means[EnergySquared] = -DistanceCost;
        return means;
    }

    private static double[] MakeDeviations()
    {
        var deviations = new double[Count];
        deviations[Constant] = 0.3;
        deviations.AsSpan(Valence, 2).Fill(0.5);
        deviations.AsSpan(ValenceSquared, 2).Fill(0.7);
        deviations.AsSpan(Sounds, SoundColumns.Count).Fill(0.15);
        deviations.AsSpan(Moods, 2 * MoodCount).Fill(0.7);
        deviations.AsSpan(Styles, 2 * StyleCount).Fill(0.3);
        deviations.AsSpan(Dayparts, DaypartCount).Fill(0.2);
        return deviations;
    }
}
