using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using CabinMood.Service.Tests.Support;

namespace CabinMood.Service.Tests.Contract;

/// <summary>configs/asyncapi.yaml, as AsyncAPI's own parser and a JSON Schema validator read it.</summary>
internal static class ContractFile
{
    /// <summary>Checks messages against the schemas of their channels.</summary>
    /// <returns>For each message null, or why it does not fit.</returns>
    internal static async Task<IReadOnlyList<string?>> ProblemsAsync(IEnumerable<(string Topic, JsonNode? Payload)> messages)
    {
        var start = new ProcessStartInfo("node", [Repository.File("tests/asyncapi/check.mjs"), Repository.File("configs/asyncapi.yaml")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var node = Process.Start(start)!;
        var output = node.StandardOutput.ReadToEndAsync();
        var error = node.StandardError.ReadToEndAsync();
        foreach (var (topic, payload) in messages)
        {
            var line = new JsonObject { ["topic"] = topic, ["payload"] = payload?.DeepClone() };
            await node.StandardInput.WriteLineAsync(line.ToJsonString());
        }

        node.StandardInput.Close();
        await node.WaitForExitAsync();
        Assert.Equal("", await error);
        Assert.Equal(0, node.ExitCode);
        return [.. (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<string?>(line))];
    }
}
