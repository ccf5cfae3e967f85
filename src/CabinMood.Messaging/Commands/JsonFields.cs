using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace CabinMood.Messaging.Commands;

/// <summary>
/// Takes fields out of a JSON object and remembers the first thing that is wrong. After a problem the values are
/// placeholders, so a caller reads all it needs and asks for <see cref="Problem"/> once.
/// </summary>
internal sealed class JsonFields : IDisposable
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };
    private static readonly JsonDocumentOptions Lenient = new() { MaxDepth = 8 };

    private readonly JsonDocument _document;

    private JsonFields(JsonDocument document) => _document = document;

    /// <summary>The first thing that is wrong, in one line; null while all is well.</summary>
    internal string? Problem { get; private set; }

    /// <summary>Parses a payload.</summary>
    /// <param name="payload">What arrived.</param>
    /// <param name="fields">The object's fields.</param>
    /// <param name="error">Why there are none.</param>
    internal static bool TryParse(
        ReadOnlyMemory<byte> payload,
        [NotNullWhen(true)] out JsonFields? fields,
        [NotNullWhen(false)] out string? error)
    {
        fields = null;
        error = null;
        if (!Utf8.IsValid(payload.Span))
        {
            error = "not valid UTF-8";
            return false;
        }

        if (payload.Span.StartsWith(Encoding.UTF8.Preamble))
        {
            error = "not valid JSON: a byte-order mark stands before it";
            return false;
        }

        try
        {
            var document = JsonDocument.Parse(payload, Strict);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                fields = new JsonFields(document);
                return true;
            }

            document.Dispose();
            error = "not a JSON object";
        }
        catch (JsonException)
        {
            error = IsJson(payload) ? "a key occurs twice" : "not valid JSON";
        }

        return false;
    }

    /// <inheritdoc/>
    public void Dispose() => _document.Dispose();

    internal bool Has(string name) => Find(name) is not null;

    /// <summary>A text of 1 to <paramref name="maxLength"/> characters, none of them a control character.</summary>
    internal string Text(string name, int maxLength)
    {
        if (Find(name) is not { } element)
        {
            return Missing(name, "");
        }

        return TryText(element, out var text) && IsPlain(text, maxLength)
            ? text
            : Wrong(name, $"a text of 1 to {maxLength} characters", "");
    }

    /// <summary>The same where there is one, for a field whose command does not hang on it: else null, and no problem.</summary>
    internal string? TextIfAny(string name, int maxLength) =>
        Find(name) is { } element && TryText(element, out var text) && IsPlain(text, maxLength) ? text : null;

    internal bool Flag(string name) => Find(name) switch
    {
        null => Missing(name, false),
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => Wrong(name, "true or false", false),
    };

    /// <summary>One of the contract's words.</summary>
    internal T Word<T>(string name, T? except = null)
        where T : struct, Enum
    {
        if (Find(name) is not { } element)
        {
            return Missing<T>(name, default);
        }

        return TryText(element, out var text) && WireNames<T>.TryParse(text, out var value) && !value.Equals(except)
            ? value
            : Wrong<T>(name, $"one of {WireNames<T>.List(except)}", default);
    }

    /// <summary>A whole number from 0 to <paramref name="max"/>, or nothing.</summary>
    internal long? OptionalCount(string name, long max)
    {
        if (Find(name) is not { } element)
        {
            return null;
        }

        return element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out var value) && value >= 0 && value <= max
            ? value
            : Wrong<long?>(name, string.Create(CultureInfo.InvariantCulture, $"a whole number from 0 to {max}"), null);
    }

    /// <summary>A list of texts, none of them only white space; may be empty.</summary>
    internal IReadOnlyList<string> Texts(string name, int maxCount, int maxLength)
    {
        if (Find(name) is not { } element)
        {
            return Missing<IReadOnlyList<string>>(name, []);
        }

        if (element.ValueKind == JsonValueKind.Array && element.GetArrayLength() <= maxCount)
        {
            var texts = new List<string>(element.GetArrayLength());
            foreach (var item in element.EnumerateArray())
            {
                if (TryText(item, out var text) && IsPlain(text, maxLength) && !string.IsNullOrWhiteSpace(text))
                {
                    texts.Add(text);
                }
            }

            if (texts.Count == element.GetArrayLength())
            {
                return texts;
            }
        }

        return Wrong<IReadOnlyList<string>>(name, $"a list of at most {maxCount} texts of 1 to {maxLength} characters, none of them blank", []);
    }

    /// <summary>Notes a problem, unless there is one already.</summary>
    internal void Refuse(string problem) => Problem ??= problem;

    /// <summary>False for escapes that are no Unicode text, such as half of a surrogate pair.</summary>
    internal static bool TryText(JsonElement element, [NotNullWhen(true)] out string? text)
    {
        text = null;
        if (element.ValueKind != JsonValueKind.String)
        {
            return false;
        }

        try
        {
            text = element.GetString();
            return text is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>The element of a field; null when it is missing or JSON's null.</summary>
    internal JsonElement? Find(string name) =>
        _document.RootElement.TryGetProperty(name, out var element) && element.ValueKind != JsonValueKind.Null ? element : null;

    private static bool IsPlain(string text, int maxLength) =>
        text.Length > 0 && text.Length <= maxLength && !text.Any(char.IsControl);

    private static bool IsJson(ReadOnlyMemory<byte> payload)
    {
        try
        {
            using var document = JsonDocument.Parse(payload, Lenient);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private T Missing<T>(string name, T placeholder)
    {
        Refuse($"\"{name}\" is missing");
        return placeholder;
    }

    private T Wrong<T>(string name, string expected, T placeholder)
    {
        Refuse($"\"{name}\" must be {expected}");
        return placeholder;
    }
}
