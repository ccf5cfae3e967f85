using System.Globalization;
using System.Text.RegularExpressions;

namespace CabinMood.Messaging.Commands;

/// <summary>
/// ISO 8601 durations of days, hours, minutes and seconds (<c>PT10M</c>). Years and months have no fixed length,
/// and weeks are longer than anything allowed here.
/// </summary>
internal static partial class IsoDuration
{
    /// <summary>A trip is not longer than a day.</summary>
    internal static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <summary>Reads a duration above zero and up to <see cref="Longest"/>.</summary>
    internal static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        var match = Pattern().Match(text);
        if (!match.Success)
        {
            return false;
        }

        // At most six digits each: no sum of these can overflow.
        var seconds = (Part(match, "d") * 86_400) + (Part(match, "h") * 3_600) + (Part(match, "m") * 60) + Part(match, "s");
        duration = TimeSpan.FromSeconds(seconds);
        return duration > TimeSpan.Zero && duration <= Longest;
    }

    private static double Part(Match match, string name) =>
        match.Groups[name] is { Success: true } part ? double.Parse(part.ValueSpan, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(
        @"\AP(?=[0-9T])(?:(?<d>[0-9]{1,6})D)?(?:T(?=[0-9])(?:(?<h>[0-9]{1,6})H)?(?:(?<m>[0-9]{1,6})M)?(?:(?<s>[0-9]{1,6}(?:\.[0-9]{1,6})?)S)?)?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
