using System.Text.Encodings.Web;
using System.Text.Json;

namespace CabinMood.Service.Commands;

/// <summary>How commands write JSON that people read, too.</summary>
internal static class TerminalJson
{
    /// <summary>Titles in their own script instead of escapes. Goes to a terminal or a pipe, never into a web page.</summary>
    internal static JsonSerializerOptions Readable { get; } = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
