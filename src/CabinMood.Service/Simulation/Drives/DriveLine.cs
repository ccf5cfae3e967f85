using System.Globalization;
using System.Text.Json;
using CabinMood.Messaging;

namespace CabinMood.Service.Simulation.Drives;

/// <summary>
/// One line of a drive: gives its fields, and refuses what is missing, of the wrong kind, out of range or unknown with
/// the line's number.
/// </summary>
internal sealed class DriveLine
{
    // Three years: longer than any drive, short enough that no sum of times overflows.
    private const double MaxSeconds = 1e8;

    private readonly string _file;
    private readonly JsonElement _json;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public DriveLine(string file, int number, JsonElement json)
    {
        _file = file;
        Number = number;
        _json = json;
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw Error("is not a JSON object");
        }
    }

    /// <summary>Counted from 1.</summary>
    public int Number { get; }

    /// <summary>The line itself.</summary>
    public JsonElement Json => _json;

    /// <summary>An exception that names this line.</summary>
    public DriveException Error(string problem) => new(string.Create(CultureInfo.InvariantCulture, $"{_file}, line {Number}: {problem}"));

    public bool Has(string name) => Find(name) is not null;

    /// <summary>A field's element; null when it is missing or JSON's null.</summary>
    public JsonElement? Find(string name)
    {
        _known.Add(name);
        return _json.TryGetProperty(name, out var element) && element.ValueKind != JsonValueKind.Null ? element : null;
    }

    /// <summary>A field's element that must be there.</summary>
    public JsonElement Need(string name) => Find(name) ?? throw Error($"\"{name}\" is missing");

    public string Text(string name) =>
        Need(name) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : throw Error($"\"{name}\" must be a text");

    public string? OptionalText(string name) => Has(name) ? Text(name) : null;

    public bool Flag(string name) => Need(name).ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Error($"\"{name}\" must be true or false"),
    };

    public bool OptionalFlag(string name) => Has(name) && Flag(name);

    public double Within(string name, double min, double max) =>
        Need(name) is { ValueKind: JsonValueKind.Number } element && element.TryGetDouble(out var number) && number >= min && number <= max
            ? number
            : throw Error(string.Create(CultureInfo.InvariantCulture, $"\"{name}\" must be a number from {min} to {max}"));

    public long? OptionalCount(string name, long max)
    {
        if (Find(name) is not { } element)
        {
            return null;
        }

        return element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out var count) && count >= 0 && count <= max
            ? count
            : throw Error(string.Create(CultureInfo.InvariantCulture, $"\"{name}\" must be a whole number from 0 to {max}"));
    }

    /// <summary>Seconds, exact to a tick of 100 ns.</summary>
    public TimeSpan Seconds(string name)
    {
        if (Need(name) is { ValueKind: JsonValueKind.Number } element && element.TryGetDouble(out var number) && number is >= 0 and <= MaxSeconds)
        {
            // The decimal keeps every digit that was written; only numbers too fine for it go by way of the double.
            return element.TryGetDecimal(out var exact)
                ? TimeSpan.FromTicks((long)(exact * TimeSpan.TicksPerSecond))
                : TimeSpan.FromSeconds(number);
        }

        throw Error(string.Create(CultureInfo.InvariantCulture, $"\"{name}\" must be a number of seconds from 0 to {MaxSeconds}"));
    }

    public DateTimeOffset? OptionalTime(string name)
    {
        if (Find(name) is not { } element)
        {
            return null;
        }

        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return element.ValueKind == JsonValueKind.String
            && DateTimeOffset.TryParse(element.GetString(), CultureInfo.InvariantCulture, Utc, out var time)
            && time.Year is >= 1970 and < 9000
            ? time
            : throw Error($"\"{name}\" must be an ISO 8601 time between the years 1970 and 9000");
    }

    /// <summary>One of the contract's words.</summary>
    public T Word<T>(string name)
        where T : struct, Enum =>
        WireNames<T>.TryParse(Text(name), out var value) ? value : throw Error($"\"{name}\" must be one of {WireNames<T>.List(null)}");

    /// <summary>Refuses fields that nobody asked for: a misspelt one would otherwise be ignored.</summary>
    public void Finish()
    {
        foreach (var member in _json.EnumerateObject())
        {
            if (!_known.Contains(member.Name))
            {
                throw Error($"unknown field \"{member.Name}\"; known here: {string.Join(", ", _known.Order(StringComparer.Ordinal))}");
            }
        }
    }
}
