using System.Text.Json;

namespace CabinMood.Messaging.Commands;

/// <summary>Finds a command's id in bytes that need not be whole or valid, so that its sender can be told.</summary>
internal static class ReadableId
{
    /// <summary>The contract's limit for ids and trips, in characters.</summary>
    internal const int MaxLength = 64;

    /// <summary>The first top-level <c>id</c> before the place where the bytes cease to be JSON; null if there is none.</summary>
    internal static string? Find(ReadOnlySpan<byte> payload)
    {
        try
        {
            var reader = new Utf8JsonReader(payload, isFinalBlock: false, state: default);
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && reader.ValueTextEquals("id"u8))
                {
                    return reader.Read() && reader.TokenType == JsonTokenType.String && IsValid(reader.GetString()!)
                        ? reader.GetString()
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

    /// <summary>1 to 64 characters, none of them a control character.</summary>
    internal static bool IsValid(string id) => id.Length is > 0 and <= MaxLength && !id.Any(char.IsControl);
}
