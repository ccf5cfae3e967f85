namespace CabinMood.Core;

/// <summary>One thing wrong with an option, in words for the person who set it.</summary>
/// <param name="Key">The full key, for example <c>Limiter:MinIntervalSeconds</c>.</param>
/// <param name="Problem">What is wrong and what is allowed.</param>
public readonly record struct ConfigurationError(string Key, string Problem)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Key} {Problem}";

    /// <summary>Adds an error unless the value lies in the closed range. Not-a-number never does.</summary>
    public static void CheckRange(ICollection<ConfigurationError> errors, string key, double value, double min, double max, string unit = "")
    {
        if (!(value >= min && value <= max))
        {
            errors.Add(new ConfigurationError(key, FormattableString.Invariant($"is {value}; it must lie between {min} and {max}{(unit.Length > 0 ? " " : "")}{unit}.")));
        }
    }
}
