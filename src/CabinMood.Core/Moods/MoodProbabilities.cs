using System.Runtime.CompilerServices;

namespace CabinMood.Core.Moods;

/// <summary>One probability per <see cref="Mood"/> in the order of that enumeration; <see cref="Mood.Unknown"/>'s stays 0.</summary>
[InlineArray(Count)]
public struct MoodProbabilities
{
    /// <summary>How many moods there are, unknown included.</summary>
    public const int Count = 7;

    private float _first;

    /// <summary>The probability of one mood.</summary>
    public readonly float Of(Mood mood) => this[(int)mood];

    /// <summary>Adds mass to one mood.</summary>
    public void Add(Mood mood, float mass) => this[(int)mood] += mass;

    /// <summary>The most probable mood, and how far it lies before the second.</summary>
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
}
