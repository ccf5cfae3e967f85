using System.Runtime.CompilerServices;

namespace CabinMood.Core.Emotions;

/// <summary>One probability per <see cref="Emotion"/>, 0 to 1, summing to 1. A value type without heap storage.</summary>
[InlineArray(Count)]
public struct EmotionProbabilities : IEquatable<EmotionProbabilities>
{
    /// <summary>How many emotions there are.</summary>
    public const int Count = 8;

    private float _first;

    /// <summary>All mass on one emotion.</summary>
    public static EmotionProbabilities Certain(Emotion emotion)
    {
        var probabilities = default(EmotionProbabilities);
        probabilities[(int)emotion] = 1;
        return probabilities;
    }

    /// <summary>Copies eight numbers in the order of <see cref="Emotion"/>.</summary>
    /// <exception cref="ArgumentException">Not eight numbers.</exception>
    public static EmotionProbabilities From(ReadOnlySpan<float> values)
    {
        if (values.Length != Count)
        {
            throw new ArgumentException($"Expected {Count} probabilities, got {values.Length}.", nameof(values));
        }

        var probabilities = default(EmotionProbabilities);
        values.CopyTo(probabilities);
        return probabilities;
    }

    /// <summary>The probability of one emotion.</summary>
    public readonly float Of(Emotion emotion) => this[(int)emotion];

    /// <summary>The most probable emotion; the first one of equals.</summary>
    public readonly Emotion Top
    {
        get
        {
            var top = 0;
            for (var i = 1; i < Count; i++)
            {
                if (this[i] > this[top])
                {
                    top = i;
                }
            }

            return (Emotion)top;
        }
    }

    /// <inheritdoc/>
    public readonly bool Equals(EmotionProbabilities other) => ((ReadOnlySpan<float>)this).SequenceEqual(other);

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is EmotionProbabilities other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var value in this)
        {
            hash.Add(value);
        }

        return hash.ToHashCode();
    }

    /// <summary>True when all eight probabilities are equal.</summary>
    public static bool operator ==(EmotionProbabilities left, EmotionProbabilities right) => left.Equals(right);

    /// <summary>True when any probability differs.</summary>
    public static bool operator !=(EmotionProbabilities left, EmotionProbabilities right) => !left.Equals(right);
}
