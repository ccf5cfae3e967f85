using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using CabinMood.Service.Tests.Support;

namespace CabinMood.Service.Tests.Contract;

/// <summary>configs/asyncapi.yaml, as AsyncAPI's own parser and a JSON Schema validator read it.</summary>
internal static class ContractFile
{
    private static readonly JsonSerializerOptions CamelCase = new(JsonSerializerDefaults.Web);

    /// <summary>How MQTT is used.</summary>
    internal static async Task<Bindings> BindingsAsync() => JsonSerializer.Deserialize<Bindings>(await RunAsync("bindings.mjs", []), CamelCase)!;

    /// <summary>Checks messages against the schemas of their channels.</summary>
    /// <returns>For each message null, or why it does not fit.</returns>
    internal static async Task<IReadOnlyList<string?>> ProblemsAsync(IEnumerable<(string Topic, JsonNode? Payload)> messages)
    {
        var lines = messages.Select(message => new JsonObject { ["topic"] = message.Topic, ["payload"] = message.Payload?.DeepClone() }.ToJsonString());
        return [.. (await RunAsync("check.mjs", lines)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<string?>(line))];
    }

    private static async Task<string> RunAsync(string script, IEnumerable<string> input)
    {
        var start = new ProcessStartInfo("node", [Repository.File($"tests/asyncapi/{script}"), Repository.File("configs/asyncapi.yaml")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var node = Process.Start(start)!;
        var output = node.StandardOutput.ReadToEndAsync();
        var error = node.StandardError.ReadToEndAsync();
        foreach (var line in input)
        {
            await node.StandardInput.WriteLineAsync(line);
        }

        node.StandardInput.Close();
        await node.WaitForExitAsync();
        Assert.Equal("", await error);
        Assert.Equal(0, node.ExitCode);
        return await output;
    }
}
