using CabinMood.Core.Emotions;
using CabinMood.Core.Moods;

namespace CabinMood.Service.Simulation.Population;

/// <summary>
/// The truth that a simulated drive hides: mostly neutral, now and then a mood that is held for at least
/// <see cref="LeastHeldSeconds"/>, and in between flickers of expression too short to be a mood. All lengths and rates
/// are ours: nobody has counted them in cars.
/// </summary>
public sealed class HiddenMoods
{
    /// <summary>A mood is held at least this long.</summary>
    public const double LeastHeldSeconds = 40;

    private const double MeanHeldSeconds = 120;
    private const double LeastNeutralSeconds = 60;
    private const double MeanNeutralSeconds = 300;
    private const double MeanBetweenFlickersSeconds = 240;
    private const double LeastFlickerSeconds = 3;
    private const double MostFlickerSeconds = 8;

    // A tense face shows one of four expressions, as often as FER+ valid has them (319, 69, 30 and 26 pictures).
    private static readonly (Emotion Shown, double Share)[] TenseFaces =
        [(Emotion.Anger, 0.718), (Emotion.Fear, 0.155), (Emotion.Disgust, 0.068), (Emotion.Contempt, 0.059)];

    private static readonly Emotion[] FlickerFaces = [Emotion.Happiness, Emotion.Surprise, Emotion.Anger, Emotion.Sadness];

    private HiddenMoods(IReadOnlyList<Episode> moods, IReadOnlyList<Episode> flickers) => (Moods, Flickers) = (moods, flickers);

    /// <summary>One after the other, without gaps, the first at 0.</summary>
    public IReadOnlyList<Episode> Moods { get; }

    /// <summary>What the face shows for moments; never a mood.</summary>
    public IReadOnlyList<Episode> Flickers { get; }

    /// <summary>Draws a drive's truth.</summary>
    public static HiddenMoods Draw(GaussianRandom random, double seconds)
    {
        ArgumentNullException.ThrowIfNull(random);
        var moods = new List<Episode>();
        for (var at = 0.0; at < seconds;)
        {
            var rest = at + LeastNeutralSeconds + random.Exponential(MeanNeutralSeconds - LeastNeutralSeconds);
            moods.Add(new Episode(at, rest, Mood.Neutral, Emotion.Neutral));
            at = rest + LeastHeldSeconds + random.Exponential(MeanHeldSeconds - LeastHeldSeconds);
            moods.Add(Felt(random, rest, at));
        }

        // A mood that is held is held without a break: nothing flickers while it begins.
        var flickers = DrawFlickers(random, seconds);
        flickers.RemoveAll(flicker => moods.Exists(mood => flicker.ToSeconds > mood.FromSeconds && flicker.FromSeconds < mood.FromSeconds + LeastHeldSeconds));
        return new HiddenMoods(moods, flickers);
    }

    private static Episode Felt(GaussianRandom random, double from, double to) => (int)(random.Fraction() * 3) switch
    {
        0 => new Episode(from, to, Mood.Happy, Emotion.Happiness),
        1 => new Episode(from, to, Mood.Sad, Emotion.Sadness),
        _ => new Episode(from, to, Mood.Tense, Tense(random.Fraction())),
    };

    private static Emotion Tense(double fraction)
    {
        foreach (var (shown, share) in TenseFaces)
        {
            fraction -= share;
            if (fraction < 0)
            {
                return shown;
            }
        }

        return Emotion.Anger;
    }

    private static List<Episode> DrawFlickers(GaussianRandom random, double seconds)
    {
        var flickers = new List<Episode>();
        for (var at = random.Exponential(MeanBetweenFlickersSeconds); at < seconds; at += random.Exponential(MeanBetweenFlickersSeconds))
        {
            var end = at + LeastFlickerSeconds + random.Fraction() * (MostFlickerSeconds - LeastFlickerSeconds);
            flickers.Add(new Episode(at, end, Mood.Unknown, FlickerFaces[(int)(random.Fraction() * FlickerFaces.Length)]));
            at = end;
        }

        return flickers;
    }
}
