using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using CabinMood.Messaging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CabinMood.Service.Tests.EndToEnd;

/// <summary>A second client on the same broker: hears everything, can say anything, remembers what it heard.</summary>
internal sealed class Bystander : IAsyncDisposable
{
    /// <summary>Generous: the machine may be busy with something else.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly ConcurrentQueue<IncomingMessage> _heard = new();
    private readonly SemaphoreSlim _changed = new(0);
    private readonly MqttLink _link;

    private Bystander(int port, string name, string filter, string user)
    {
        var options = new MqttOptions { Host = "127.0.0.1", Port = port, ClientId = name, Username = user };
        _link = new MqttLink(options, [new MqttSubscription(filter, 1, RetainAsPublished: true)], Hear, null, TimeProvider.System, NullLogger<MqttLink>.Instance);
        _link.Connected += (_, _) => _changed.Release();
    }

    /// <summary>Another client, under a name of its own and if wanted as a user; hears what its filter lets through.</summary>
    internal static async Task<Bystander> JoinAsync(int port, string name = "bystander", string filter = "#", string user = "")
    {
        var bystander = new Bystander(port, name, filter, user);
        bystander._link.Start();
        await bystander.UntilAsync(() => bystander._link.Status.State == MqttLinkState.Connected);
        return bystander;
    }

    /// <summary>Everything heard, oldest first.</summary>
    internal IReadOnlyList<IncomingMessage> All => [.. _heard];

    /// <summary>Everything heard on a topic, oldest first.</summary>
    internal IReadOnlyList<IncomingMessage> On(string topic) => [.. _heard.Where(message => message.Topic == $"cabinmood/car/{topic}")];

    internal void Forget() => _heard.Clear();

    internal void Say(string topic, string payload, bool retain = false) => Say(topic, Encoding.UTF8.GetBytes(payload), retain);

    internal void Say(string topic, byte[] payload, bool retain = false, TimeSpan? expiry = null) => Assert.True(_link.Publish(topic, payload, 1, retain, expiry));

    internal void Command(string command, string payload, bool retain = false) => Say($"cabinmood/car/set/{command}", payload, retain);

    /// <summary>A command that the broker forgets when it could not deliver it in time.</summary>
    internal void CommandUntil(TimeSpan expiry, string command, string payload) => Say($"cabinmood/car/set/{command}", Encoding.UTF8.GetBytes(payload), expiry: expiry);

    /// <summary>A command whose answer shall also come to a topic.</summary>
    internal void Ask(string command, string payload, string responseTopic) =>
        Assert.True(_link.Ask($"cabinmood/car/set/{command}", Encoding.UTF8.GetBytes(payload), responseTopic, "42"u8));

    /// <summary>Waits until by the broker's own clock everything has expired that was to expire within a time from now, a second's fraction less.</summary>
    internal async Task UntilExpiredAsync(int port, TimeSpan expiry)
    {
        Say("hourglass/kept", [1], retain: true, expiry);
        using var limit = new CancellationTokenSource(Patience);
        for (var i = 0; ; i++)
        {
            limit.Token.ThrowIfCancellationRequested();
            await using var visitor = await JoinAsync(port, $"visitor-{i}", "hourglass/#");
            visitor.Say("hourglass/live", [(byte)i]);
            await visitor.UntilAsync(() => visitor.All.Any(message => message.Topic == "hourglass/live"));
            // What the broker keeps for those who come later, it gives them before anything live.
            if (visitor.All.All(message => message.Topic != "hourglass/kept"))
            {
                return;
            }
        }
    }

    /// <summary>Waits for a JSON message on a topic of the contract and gives it back.</summary>
    internal async Task<JsonElement> JsonAsync(string topic, Func<JsonElement, bool> wanted)
    {
        JsonElement found = default;
        await UntilAsync(() => On(topic).Select(Json).Any(json => wanted(json) && (found = json).ValueKind == JsonValueKind.Object));
        return found;
    }

    /// <summary>Waits for a reply to a command.</summary>
    internal Task<JsonElement> ReplyAsync(string id) => JsonAsync("reply", json => json.GetProperty("id").GetString() == id);

    internal async Task TextAsync(string topic, string text) =>
        await UntilAsync(() => On(topic).Any(message => Encoding.UTF8.GetString(message.Payload.Span) == text));

    internal async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!condition())
        {
            await _changed.WaitAsync(limit.Token);
        }
    }

    internal static JsonElement Json(IncomingMessage message)
    {
        using var document = JsonDocument.Parse(message.Payload);
        return document.RootElement.Clone();
    }

    public async ValueTask DisposeAsync()
    {
        await _link.DisposeAsync();
        _changed.Dispose();
    }

    private void Hear(IncomingMessage message)
    {
        _heard.Enqueue(message);
        _changed.Release();
    }
}
