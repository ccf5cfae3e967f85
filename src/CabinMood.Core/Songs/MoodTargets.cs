using CabinMood.Core.Moods;

namespace CabinMood.Core.Songs;

/// <summary>One valence/energy pair per mood.</summary>
public sealed class MoodTargets
{
    /// <summary>Valence for happy, default 0.70.</summary>
    public double HappyValence { get; set; } = 0.70;

    /// <summary>Energy for happy, default 0.65.</summary>
    public double HappyEnergy { get; set; } = 0.65;

    /// <summary>Valence for energetic, default 0.60.</summary>
    public double EnergeticValence { get; set; } = 0.60;

    /// <summary>Energy for energetic, default 0.75.</summary>
    public double EnergeticEnergy { get; set; } = 0.75;

    /// <summary>Valence for calm, default 0.50.</summary>
    public double CalmValence { get; set; } = 0.50;

    /// <summary>Energy for calm, default 0.35.</summary>
    public double CalmEnergy { get; set; } = 0.35;

    /// <summary>Valence for neutral, default 0.55.</summary>
    public double NeutralValence { get; set; } = 0.55;

    /// <summary>Energy for neutral, default 0.50.</summary>
    public double NeutralEnergy { get; set; } = 0.50;

    /// <summary>Valence for sad, default 0.40.</summary>
    public double SadValence { get; set; } = 0.40;

    /// <summary>Energy for sad, default 0.40.</summary>
    public double SadEnergy { get; set; } = 0.40;

    /// <summary>Valence for tense, default 0.60: positive, because anger falls best so [van der Zwaag &amp; Fairclough].</summary>
    public double TenseValence { get; set; } = 0.60;

    /// <summary>Energy for tense, default 0.40.</summary>
    public double TenseEnergy { get; set; } = 0.40;

    /// <summary>The pair for a mood; unknown counts as neutral.</summary>
    public (double Valence, double Energy) For(Mood mood) => mood switch
    {
        Mood.Happy => (HappyValence, HappyEnergy),
        Mood.Energetic => (EnergeticValence, EnergeticEnergy),
        Mood.Calm => (CalmValence, CalmEnergy),
        Mood.Sad => (SadValence, SadEnergy),
        Mood.Tense => (TenseValence, TenseEnergy),
        _ => (NeutralValence, NeutralEnergy),
    };

    /// <summary>Adds what lies outside 0 to 1.</summary>
    public void Validate(ICollection<ConfigurationError> errors, string key)
    {
        foreach (var mood in new[] { Mood.Happy, Mood.Energetic, Mood.Calm, Mood.Neutral, Mood.Sad, Mood.Tense })
        {
            var (valence, energy) = For(mood);
            ConfigurationError.CheckRange(errors, $"{key}:{mood}Valence", valence, 0, 1);
            ConfigurationError.CheckRange(errors, $"{key}:{mood}Energy", energy, 0, 1);
        }
    }
}
