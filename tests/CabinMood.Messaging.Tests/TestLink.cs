using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CabinMood.Messaging.Tests;

/// <summary>A link against a real broker that remembers what arrived and can be waited on.</summary>
internal sealed class TestLink : IAsyncDisposable
{
    /// <summary>Generous: the machine may be busy with something else.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ConcurrentQueue<IncomingMessage> _messages = new();
    private readonly SemaphoreSlim _changed = new(0);

    internal TestLink(MqttOptions options, IReadOnlyList<MqttSubscription> subscriptions, string? availabilityTopic = null, TimeProvider? time = null, ILogger<MqttLink>? logger = null)
    {
        Link = new MqttLink(options, subscriptions, Take, availabilityTopic, time ?? TimeProvider.System, logger ?? NullLogger<MqttLink>.Instance);
        Watch();
    }

    /// <summary>Somebody else's link, which ends with this. Whoever listened to its events before is done with one when a wait goes on.</summary>
    internal TestLink(MqttLink link)
    {
        Link = link;
        Watch();
    }

    internal MqttLink Link { get; }

    internal IReadOnlyList<IncomingMessage> Messages => [.. _messages];

    internal static MqttOptions OptionsFor(int port, string clientId) => new() { Host = "127.0.0.1", Port = port, ClientId = clientId };

    internal static string Text(IncomingMessage message) => Encoding.UTF8.GetString(message.Payload.Span);

    internal static async Task<TestLink> ConnectedAsync(
        int port, string clientId, string? filter = null, string? availabilityTopic = null)
    {
        var link = new TestLink(OptionsFor(port, clientId), filter is null ? [] : [new MqttSubscription(filter, 1)], availabilityTopic);
        link.Link.Start();
        await link.UntilAsync(() => link.Link.Status.State == MqttLinkState.Connected);
        return link;
    }

    internal async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!condition())
        {
            await _changed.WaitAsync(limit.Token);
        }
    }

    /// <summary>Waits until a message is there, and returns the last such one.</summary>
    internal async Task<IncomingMessage> MessageAsync(Func<IncomingMessage, bool> wanted)
    {
        await UntilAsync(() => _messages.Any(wanted));
        return _messages.Last(wanted);
    }

    internal void Forget() => _messages.Clear();

    public async ValueTask DisposeAsync()
    {
        await Link.DisposeAsync();
        _changed.Dispose();
    }

    private void Watch()
    {
        Link.StateChanged += (_, _) => _changed.Release();
        Link.Connected += (_, _) => _changed.Release();
    }

    private void Take(IncomingMessage message)
    {
        _messages.Enqueue(message);
        _changed.Release();
    }
}
