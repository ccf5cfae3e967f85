using CabinMood.Core.Emotions;

namespace CabinMood.Core.Moods;

/// <summary>
/// From expressions and arousal to moods: the profile's table with the configured entries over it. Immutable and
/// thread-safe.
/// </summary>
public sealed class MoodTable
{
    // Arousal is a noisy number: near a bound an expression counts for both moods, by a logistic curve of this width.
    // A twentieth is the net's spread of arousal within one face and expression [train.sh noise].
    private const float BoundWidth = 0.05f;

    private static readonly Emotion[] AllEmotions = Enum.GetValues<Emotion>();

    private readonly Band[] _bands;

    /// <summary>Puts the table together.</summary>
    /// <exception cref="ArgumentException">The options are not valid.</exception>
    public MoodTable(MoodOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _bands = [.. AllEmotions.Select(emotion => Band.Of(options.Table[emotion].Over(Profile(options.Profile)[emotion])))];
        EvenShares = Weigh(EmotionCalibration.Prior, null);
    }

    /// <summary>
    /// The share of each mood when every expression comes as often as in <see cref="EmotionCalibration.Prior"/> and is
    /// as often in one of its bands as in another; 0 for a mood that the table does not know.
    /// </summary>
    public PerMood EvenShares { get; }

    /// <summary>How an expression with some arousal divides among moods: the sum of all moods is the sum of all expressions.</summary>
    /// <param name="emotions">Probabilities.</param>
    /// <param name="arousal">-1 to 1.</param>
    public PerMood Map(in EmotionProbabilities emotions, float arousal) => Weigh(emotions, arousal);

    private PerMood Weigh(ReadOnlySpan<float> emotions, float? arousal)
    {
        var moods = default(PerMood);
        for (var i = 0; i < _bands.Length; i++)
        {
            var band = _bands[i];
            var (active, quiet) = arousal is { } level ? band.At(level) : band.Even;
            moods.Add(band.Active, emotions[i] * active);
            moods.Add(band.Quiet, emotions[i] * quiet);
            moods.Add(band.Middle, emotions[i] * (1 - active - quiet));
        }

        return moods;
    }

    private static MoodTableOptions Profile(MoodProfile profile) => profile == MoodProfile.Papers ? Papers() : Default();

    private static MoodTableOptions Default() => new()
    {
        Neutral = new() { Mood = Mood.Neutral, QuietMood = Mood.Calm, QuietBelow = MoodOptions.CalmArousal },
        Happiness = new() { Mood = Mood.Happy, ActiveMood = Mood.Energetic, ActiveFrom = MoodOptions.ExuberantArousal },
        Surprise = new() { Mood = Mood.Neutral, ActiveMood = Mood.Energetic, ActiveFrom = MoodOptions.SurprisedArousal },
        Sadness = new() { Mood = Mood.Sad },
        Anger = new() { Mood = Mood.Tense },
        Disgust = new() { Mood = Mood.Tense },
        Fear = new() { Mood = Mood.Tense },
        Contempt = new() { Mood = Mood.Tense },
    };

    // As printed in the papers; where they have no word for an expression (contempt), our default stands.
    private static MoodTableOptions Papers() => new()
    {
        Neutral = new() { Mood = Mood.Energetic },
        Happiness = new() { Mood = Mood.Happy },
        Surprise = new() { Mood = Mood.Energetic },
        Sadness = new() { Mood = Mood.Happy },
        Anger = new() { Mood = Mood.Calm },
        Disgust = new() { Mood = Mood.Sad },
        Fear = new() { Mood = Mood.Calm },
        Contempt = new() { Mood = Mood.Calm },
    };

    private readonly record struct Band(Mood Middle, Mood Active, float ActiveFrom, Mood Quiet, float QuietBelow)
    {
        /// <summary>Shares of the active and the quiet mood when nothing is known of arousal.</summary>
        public (float Active, float Quiet) Even => (HasActive ? 1f : 0, HasQuiet ? 1f : 0) switch
        {
            (1f, 1f) => (1f / 3, 1f / 3),
            var (active, quiet) => (active / 2, quiet / 2),
        };

        private bool HasActive => Active != Middle;

        private bool HasQuiet => Quiet != Middle;

        public static Band Of(MoodTableEntry entry)
        {
            var middle = entry.Mood ?? throw new ArgumentException("An expression has no mood.", nameof(entry));
            return new Band(middle, entry.ActiveMood ?? middle, (float)(entry.ActiveFrom ?? 1), entry.QuietMood ?? middle, (float)(entry.QuietBelow ?? -1));
        }

        public (float Active, float Quiet) At(float arousal)
        {
            var active = HasActive ? Logistic((arousal - ActiveFrom) / BoundWidth) : 0;
            var quiet = HasQuiet ? (1 - active) * Logistic((QuietBelow - arousal) / BoundWidth) : 0;
            return (active, quiet);
        }

        private static float Logistic(float x) => 1 / (1 + MathF.Exp(-x));
    }
}
