using System.Collections.Frozen;
using System.Text.Json;

namespace CabinMood.Messaging;

/// <summary>How the contract spells the values of an enumeration: in kebab case (<c>previous-target</c>).</summary>
/// <typeparam name="T">The enumeration.</typeparam>
internal static class WireNames<T>
    where T : struct, Enum
{
    private static readonly FrozenDictionary<T, string> Names = Enum.GetValues<T>()
        .ToFrozenDictionary(value => value, value => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()));

    private static readonly FrozenDictionary<string, T> Values = Names
        .ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    internal static string Of(T value) => Names[value];

    internal static bool TryParse(string name, out T value) => Values.TryGetValue(name, out value);

    /// <summary>All names in the enumeration's order but for one, for the line that says what is allowed.</summary>
    internal static string List(T? except) =>
        string.Join(", ", Enum.GetValues<T>().Where(value => !value.Equals(except)).Select(Of));
}
