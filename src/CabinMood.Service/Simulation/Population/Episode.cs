using CabinMood.Core.Emotions;
using CabinMood.Core.Moods;

namespace CabinMood.Service.Simulation.Population;

/// <summary>A stretch of the hidden truth.</summary>
/// <param name="FromSeconds">Begin, in seconds of the drive.</param>
/// <param name="ToSeconds">End.</param>
/// <param name="Mood">The true mood.</param>
/// <param name="Shown">What the face shows.</param>
public readonly record struct Episode(double FromSeconds, double ToSeconds, Mood Mood, Emotion Shown)
{
    /// <summary>How long it lasts.</summary>
    public double Seconds => ToSeconds - FromSeconds;
}
