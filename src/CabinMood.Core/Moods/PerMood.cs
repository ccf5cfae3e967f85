using System.Runtime.CompilerServices;

namespace CabinMood.Core.Moods;

/// <summary>
/// One number per <see cref="Mood"/> in the order of that enumeration: a probability, or seconds. That of
/// <see cref="Mood.Unknown"/> stays 0.
/// </summary>
[InlineArray(Count)]
public struct PerMood : IEquatable<PerMood>
{
    /// <summary>How many moods there are, unknown included.</summary>
    public const int Count = 7;

    private float _first;

    /// <summary>The number of one mood.</summary>
    public readonly float Of(Mood mood) => this[(int)mood];

    /// <summary>All numbers together.</summary>
    public readonly float Sum
    {
        get
        {
            var sum = 0f;
            foreach (var number in this)
            {
                sum += number;
            }

            return sum;
        }
    }

    /// <summary>Adds to one mood.</summary>
    public void Add(Mood mood, float amount) => this[(int)mood] += amount;

    /// <summary>The mood with the largest number, and how far it lies before the second.</summary>
    public readonly (Mood Top, float Margin) Leader()
    {
        var top = 0;
        var second = 0f;
        for (var i = 1; i < Count; i++)
        {
            if (top == 0 || this[i] > this[top])
            {
                second = top == 0 ? 0 : this[top];
                top = i;
            }
            else
            {
                second = MathF.Max(second, this[i]);
            }
        }

        return ((Mood)top, this[top] - second);
    }

    /// <inheritdoc/>
    public readonly bool Equals(PerMood other) => ((ReadOnlySpan<float>)this).SequenceEqual(other);

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is PerMood other && Equals(other);

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

    /// <summary>True when all numbers are equal.</summary>
    public static bool operator ==(PerMood left, PerMood right) => left.Equals(right);

    /// <summary>True when any number differs.</summary>
    public static bool operator !=(PerMood left, PerMood right) => !left.Equals(right);
}
