using System.Globalization;

namespace CabinMood.Messaging.Payloads;

/// <summary>How numbers and times look in every payload.</summary>
internal static class PayloadFormat
{
    /// <summary>ISO 8601 in UTC with milliseconds: <c>2026-11-21T12:00:00.000Z</c>.</summary>
    internal static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <inheritdoc cref="Time(DateTimeOffset)"/>
    internal static string? Time(DateTimeOffset? time) => time is { } known ? Time(known) : null;

    /// <summary>Three decimals: more would be noise. JSON has no not-a-number and no infinity; they become 0.</summary>
    internal static double Number(double value)
    {
        // Adding zero turns the -0 that rounding may leave into 0.
        return double.IsFinite(value) ? Math.Round(value, 3) + 0.0 : 0;
    }
}
