using System.Reflection;
using System.Text.Json;

namespace CabinMood.Service.Options;

/// <summary>
/// Reads the configuration file into options. Strict where the host's own binder is lenient: an unknown key is refused
/// with the nearest known name and its full path, null never overwrites a default, a list replaces the default list.
/// </summary>
public static class ConfigurationFile
{
    // Read by Serilog itself, whose keys are its own.
    private const string LoggingSection = "Serilog";

    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Reads and validates a file.</summary>
    /// <exception cref="ConfigurationException">The file is missing or not JSON, a key is unknown, a value is of the wrong type or out of range.</exception>
    public static CabinMoodOptions Read(string path)
    {
        var options = new CabinMoodOptions();
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path), Lenient);
            Fill(options, document.RootElement, path, "");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"Cannot read the configuration {path}: {e.Message}", e);
        }
        catch (JsonException e)
        {
            throw new ConfigurationException($"{path}, line {e.LineNumber + 1}: this is not valid JSON.", e);
        }

        Check(options, path);
        return options;
    }

    /// <summary>Lays sections, spelt as in a configuration file, over options that are there already.</summary>
    /// <param name="options">What holds where the sections say nothing.</param>
    /// <param name="sections">An object of sections.</param>
    /// <param name="source">What to call it in errors.</param>
    /// <exception cref="ConfigurationException">A key is unknown, a value is of the wrong type or out of range.</exception>
    public static void Overlay(CabinMoodOptions options, JsonElement sections, string source)
    {
        Fill(options, sections, source, "");
        Check(options, source);
    }

    /// <summary>Throws for the first thing wrong with the values.</summary>
    /// <exception cref="ConfigurationException">A value is out of range.</exception>
    public static void Check(CabinMoodOptions options, string path)
    {
        var errors = options.Validate();
        if (errors.Count > 0)
        {
            var others = errors.Count > 1 ? $" ({errors.Count - 1} more)" : "";
            throw new ConfigurationException($"{path}: {errors[0]}{others}");
        }
    }

    private static void Fill(object target, JsonElement json, string path, string prefix)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new ConfigurationException($"{path}: {(prefix.Length > 0 ? prefix.TrimEnd(':') : "the file")} must be an object in braces.");
        }

        var properties = target.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite && property.GetIndexParameters().Length == 0).ToArray();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in json.EnumerateObject())
        {
            if (prefix.Length == 0 && member.Name == LoggingSection)
            {
                continue;
            }

            var key = prefix + member.Name;
            var property = Array.Find(properties, candidate => candidate.Name == member.Name)
                ?? throw new ConfigurationException($"{path}: unknown key {key}{Suggestion(member.Name, prefix, properties)}");
            if (!seen.Add(member.Name))
            {
                throw new ConfigurationException($"{path}: {key} is there twice.");
            }

            if (member.Value.ValueKind == JsonValueKind.Object && IsSection(property.PropertyType))
            {
                Fill(property.GetValue(target)!, member.Value, path, $"{key}:");
                continue;
            }

            property.SetValue(target, Value(property.PropertyType, member.Value, path, key));
        }
    }

    private static bool IsSection(Type type) => type.IsClass && type != typeof(string) && !type.IsArray;

    private static object? Value(Type type, JsonElement json, string path, string key)
    {
        var plain = Nullable.GetUnderlyingType(type);
        if (json.ValueKind == JsonValueKind.Null)
        {
            return plain is not null
                ? null
                : throw new ConfigurationException($"{path}: {key} is null; leave the key out to keep its default.");
        }

        plain ??= type;
        if (plain == typeof(string) && json.ValueKind == JsonValueKind.String)
        {
            return json.GetString();
        }

        if (plain == typeof(bool) && json.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return json.GetBoolean();
        }

        if (plain == typeof(int) && json.ValueKind == JsonValueKind.Number && json.TryGetInt32(out var whole))
        {
            return whole;
        }

        if (plain == typeof(float) && json.ValueKind == JsonValueKind.Number)
        {
            return json.GetSingle();
        }

        if (plain == typeof(double) && json.ValueKind == JsonValueKind.Number)
        {
            return json.GetDouble();
        }

        if (plain.IsEnum && json.ValueKind == JsonValueKind.String && TryEnum(plain, json.GetString()!, out var choice))
        {
            return choice;
        }

        throw new ConfigurationException($"{path}: {key} is {json.GetRawText()}; it must be {Describe(plain)}.");
    }

    private static bool TryEnum(Type type, string text, out object? value)
    {
        // "on-change" reads better in a file than "OnChange"; both are taken, numbers are not.
        var name = text.Replace("-", "", StringComparison.Ordinal);
        var known = Array.Find(Enum.GetNames(type), candidate => candidate.Equals(name, StringComparison.OrdinalIgnoreCase));
        value = known is null ? null : Enum.Parse(type, known);
        return known is not null;
    }

    private static string Describe(Type type)
    {
        if (type.IsEnum)
        {
            return $"one of {string.Join(", ", Enum.GetNames(type))}";
        }

        return type switch
        {
            _ when type == typeof(string) => "text in quotes",
            _ when type == typeof(bool) => "true or false",
            _ when type == typeof(int) => "a whole number",
            _ when type == typeof(double) || type == typeof(float) => "a number",
            _ => "an object in braces",
        };
    }

    private static string Suggestion(string unknown, string prefix, PropertyInfo[] properties)
    {
        var nearest = properties.Select(property => property.Name).MinBy(name => Distance(unknown, name));
        return nearest is null ? "." : $"; did you mean {prefix}{nearest}?";
    }

    /// <summary>Levenshtein distance, ignoring case.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                var same = char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]);
                row[j] = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + (same ? 0 : 1));
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}
