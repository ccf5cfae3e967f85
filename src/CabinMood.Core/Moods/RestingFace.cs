using System.Runtime.CompilerServices;
using CabinMood.Core.Emotions;

namespace CabinMood.Core.Moods;

/// <summary>
/// How this driver's face reads when nothing is the matter, learned within the trip and never stored: a stern face at
/// rest must not read as sad or tense all hour. A running mean of ln(probability / neutral's) against the average
/// resting face, weighted by how neutral the face reads before any correction, so that a face that plainly shows
/// something teaches next to nothing; and the correction is bounded, so that a sad or angry hour can be learned away
/// neither quickly nor wholly. An immutable value.
/// </summary>
[InlineArray(EmotionProbabilities.Count + 2)]
public struct RestingFace : IEquatable<RestingFace>
{
    // Probabilities below this are rounding, not information.
    private const float Least = 1e-4f;

    // After the eight log-odds.
    private const int ArousalPlace = EmotionProbabilities.Count;
    private const int SecondsPlace = EmotionProbabilities.Count + 1;

    // A smile is the plainest of expressions, and few faces smile at rest: less of it may be taken out, nats.
    private const float MaxHappiness = 1.5f;

    // What a face never shows at rest must not be blown up into more than it is when a trace of it appears, nats.
    private const float MaxAmplified = 1;

    private float _first;

    /// <summary>Seconds of quiet face that this was learned from; at most <see cref="MoodOptions.RestingMemorySeconds"/>.</summary>
    public readonly float QuietSeconds => this[SecondsPlace];

    /// <summary>How far the correction has come, 0 (nothing learned) to nearly 1.</summary>
    public readonly float Trust(MoodOptions options) => QuietSeconds / (QuietSeconds + (float)options.RestingTrustSeconds);

    /// <summary>Learns from a reading.</summary>
    /// <param name="emotions">Probabilities as the net gave them.</param>
    /// <param name="arousal">As the net gave it.</param>
    /// <param name="quietSeconds">The time that the reading stands for, times how much it can be trusted and how quiet it is.</param>
    /// <param name="options">The memory's length.</param>
    public readonly RestingFace Learn(in EmotionProbabilities emotions, float arousal, float quietSeconds, MoodOptions options)
    {
        var learned = this;
        if (quietSeconds <= 0)
        {
            return learned;
        }

        // A mean over all quiet time at first; once the memory is full, the oldest fades.
        var seconds = MathF.Min(QuietSeconds + quietSeconds, (float)options.RestingMemorySeconds);
        var step = quietSeconds / seconds;
        var neutral = LogOf(emotions[(int)Emotion.Neutral]);
        for (var i = 1; i < EmotionProbabilities.Count; i++)
        {
            var seen = LogOf(emotions[i]) - neutral - EmotionCalibration.RestingFace[i];
            learned[i] += step * (seen - learned[i]);
        }

        learned[ArousalPlace] += step * (arousal - EmotionCalibration.RestingArousal - learned[ArousalPlace]);
        learned[SecondsPlace] = seconds;
        return learned;
    }

    /// <summary>What the average face would have shown: takes the driver's own resting face out of a reading.</summary>
    public readonly EmotionProbabilities Correct(in EmotionProbabilities emotions, MoodOptions options)
    {
        var trust = Trust(options);
        var bound = (float)options.RestingMaxLogOdds;
        // Strangers' faces at rest differ, one driver's hardly: the better it is known, the more a departure from it says.
        var sharpness = trust * (float)options.RestingSharpness;
        var corrected = emotions;
        var sum = corrected[0];
        for (var i = 1; i < EmotionProbabilities.Count; i++)
        {
            var most = i == (int)Emotion.Happiness ? MathF.Min(bound, MaxHappiness) : bound;
            var resting = Math.Clamp(trust * this[i], -MathF.Min(bound, MaxAmplified), most);
            corrected[i] = MathF.Max(corrected[i], Least) * MathF.Exp(sharpness - resting);
            sum += corrected[i];
        }

        for (var i = 0; i < EmotionProbabilities.Count; i++)
        {
            corrected[i] /= sum;
        }

        return corrected;
    }

    /// <summary>The same for arousal, -1 to 1.</summary>
    public readonly float CorrectArousal(float arousal, MoodOptions options)
    {
        var bound = (float)options.RestingMaxArousal;
        return Math.Clamp(arousal - Math.Clamp(Trust(options) * this[ArousalPlace], -bound, bound), -1, 1);
    }

    /// <inheritdoc/>
    public readonly bool Equals(RestingFace other) => ((ReadOnlySpan<float>)this).SequenceEqual(other);

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is RestingFace other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode() => HashCode.Combine(QuietSeconds, this[1], this[2], this[3]);

    /// <summary>True when everything learned is the same.</summary>
    public static bool operator ==(RestingFace left, RestingFace right) => left.Equals(right);

    /// <summary>True when anything learned differs.</summary>
    public static bool operator !=(RestingFace left, RestingFace right) => !left.Equals(right);

    private static float LogOf(float probability) => MathF.Log(MathF.Max(probability, Least));
}
