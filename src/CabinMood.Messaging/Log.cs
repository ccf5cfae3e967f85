using Microsoft.Extensions.Logging;

namespace CabinMood.Messaging;

/// <summary>Everything that this project logs. Never a payload: it may tell a mood.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Connected to the MQTT broker at {Host}:{Port} as {ClientId}.")]
    internal static partial void Connected(ILogger logger, string host, int port, string clientId);

    [LoggerMessage(2, LogLevel.Warning, "The MQTT broker at {Host}:{Port} cannot be reached: {Reason}. Trying again every few seconds.")]
    internal static partial void Unreachable(ILogger logger, string host, int port, string reason);

    [LoggerMessage(3, LogLevel.Error, "The MQTT broker at {Host}:{Port} refuses us: {Reason}. Trying again every {Seconds} s.")]
    internal static partial void Refused(ILogger logger, string host, int port, string reason, int seconds);

    [LoggerMessage(4, LogLevel.Debug, "Next attempt to connect in {Seconds} s ({Reason}).")]
    internal static partial void Waiting(ILogger logger, double seconds, string reason);

    [LoggerMessage(5, LogLevel.Error, "The MQTT broker does not let us listen to {Filter}: {Reason}.")]
    internal static partial void SubscriptionRefused(ILogger logger, string filter, string reason);

    [LoggerMessage(6, LogLevel.Error, "The MQTT broker does not let us publish on {Topic}: {Reason}. Check its access control list.")]
    internal static partial void PublicationRejected(ILogger logger, string topic, string reason);

    [LoggerMessage(7, LogLevel.Error, "A message on {Topic} could not be handled.")]
    internal static partial void MessageFailed(ILogger logger, Exception exception, string topic);

    [LoggerMessage(8, LogLevel.Error, "A reply was given up: {Count} are already waiting for the broker.")]
    internal static partial void ReplyDropped(ILogger logger, int count);

    [LoggerMessage(9, LogLevel.Information, "Disconnected from the MQTT broker.")]
    internal static partial void Disconnected(ILogger logger);

    [LoggerMessage(12, LogLevel.Warning, "The connection to the MQTT broker at {Host}:{Port} is lost: {Reason}. Trying again every few seconds.")]
    internal static partial void Lost(ILogger logger, string host, int port, string reason);

    [LoggerMessage(13, LogLevel.Information, "Connected again to the MQTT broker at {Host}:{Port} as {ClientId}, after {Seconds:F0} s: {Replies} replies waited for it, {Dropped} other messages were not kept.")]
    internal static partial void Returned(ILogger logger, string host, int port, string clientId, double seconds, int replies, long dropped);

    [LoggerMessage(14, LogLevel.Information, "The MQTT broker at {Host}:{Port} is not tried any more; it was not there at the end: {Reason}.")]
    internal static partial void GivenUp(ILogger logger, string host, int port, string reason);

    [LoggerMessage(15, LogLevel.Warning, "The MQTT broker at {Host}:{Port} has not confirmed that we are offline: {Reason}. Once it finds us gone, it tells that itself.")]
    internal static partial void LeftUnconfirmed(ILogger logger, string host, int port, string reason);

    [LoggerMessage(16, LogLevel.Error, "The MQTT broker at {Host}:{Port} cannot be asked: {Reason}. Trying again every few seconds.")]
    internal static partial void CannotAsk(ILogger logger, string host, int port, string reason);

    [LoggerMessage(10, LogLevel.Error, "{Count} messages could not be taken from libmosquitto: out of memory.")]
    internal static partial void CallbacksFailed(ILogger logger, int count);

    [LoggerMessage(11, LogLevel.Error, "The MQTT link failed unexpectedly and starts over.")]
    internal static partial void LinkFailed(ILogger logger, Exception exception);
}
