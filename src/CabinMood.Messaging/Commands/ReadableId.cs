using System.Text;
using System.Text.Json;

namespace CabinMood.Messaging.Commands;

/// <summary>Finds a command's id in bytes that need not be whole or valid, so that its sender can be told.</summary>
internal static class ReadableId
{
    /// <summary>The contract's limit for ids and trips, in characters.</summary>
    internal const int MaxLength = 64;

    /// <summary>A character takes at most six bytes, as <c>\u0041</c>: a longer id is not even unescaped.</summary>
    private const int MaxRawLength = MaxLength * 6;

    /// <summary>The first top-level <c>id</c> before the place where the bytes cease to be JSON; null if there is none.</summary>
    internal static string? Find(ReadOnlySpan<byte> payload)
    {
        try
        {
            var reader = new Utf8JsonReader(WithoutByteOrderMark(payload), isFinalBlock: false, state: default);
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && reader.ValueTextEquals("id"u8))
                {
                    return reader.Read() && reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length <= MaxRawLength
                        && reader.GetString() is { } id && IsValid(id)
                        ? id
                        : null;
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not JSON, or text that is not Unicode: then there is no id to answer to.
        }

        return null;
    }

    /// <summary>What is no JSON for that mark alone still names its command.</summary>
    private static ReadOnlySpan<byte> WithoutByteOrderMark(ReadOnlySpan<byte> payload) =>
        payload.StartsWith(Encoding.UTF8.Preamble) ? payload[Encoding.UTF8.Preamble.Length..] : payload;

    /// <summary>1 to 64 characters, none of them a control character.</summary>
    internal static bool IsValid(string id) => id.Length is > 0 and <= MaxLength && !id.Any(char.IsControl);
}
