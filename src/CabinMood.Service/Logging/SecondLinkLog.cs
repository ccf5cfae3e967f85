using System.Collections.Frozen;
using CabinMood.Messaging;
using Microsoft.Extensions.Logging;

namespace CabinMood.Service.Logging;

/// <summary>
/// The log of a second link to one broker: how the broker is, the first one's log tells already; what went wrong over this
/// one, nobody else does. Thread-safe.
/// </summary>
internal sealed class SecondLinkLog(ILogger inner) : ILogger<MqttLink>
{
    private static readonly FrozenSet<string> ToldByFirst = FrozenSet.Create(
        StringComparer.Ordinal, "Connected", "Unreachable", "CannotAsk", "Refused", "Waiting", "Disconnected", "Lost", "Returned", "GivenUp", "LeftUnconfirmed");

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => inner.BeginScope(state);

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (eventId.Name is not { } name || !ToldByFirst.Contains(name))
        {
            inner.Log(logLevel, eventId, state, exception, formatter);
        }
    }
}
