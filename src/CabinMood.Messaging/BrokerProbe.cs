using System.Net.Sockets;

namespace CabinMood.Messaging;

/// <summary>
/// Opens and closes a plain connection before libmosquitto opens its own: connecting blocks inside the library for as
/// long as the system likes, up to minutes where a host is silent, and a broker that boots later than we do must not
/// be missed for so long.
/// </summary>
internal static class BrokerProbe
{
    /// <summary>A host that is silent for so long is not one on which somebody else has just connected.</summary>
    private static readonly TimeSpan GoneTimeout = TimeSpan.FromSeconds(0.5);

    /// <summary>
    /// Whether the broker takes no connections now that it has closed ours: then it was no rival that ended it. A broker
    /// that is restarted is back before the next attempt, so that this is the only moment to find out.
    /// </summary>
    /// <returns>False also when cancelled.</returns>
    internal static bool FindsNobody(MqttOptions options, TimeProvider time, CancellationToken cancellation)
    {
        try
        {
            return Try(options, GoneTimeout, time, cancellation) is not null;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <returns>Null when somebody takes connections there, else why not.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    internal static string? Try(MqttOptions options, TimeSpan timeout, TimeProvider time, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            using var probe = new TcpClient();
            probe.ConnectAsync(options.Host, options.Port, either.Token).AsTask().GetAwaiter().GetResult();
            return null;
        }
        catch (SocketException exception)
        {
            return exception.Message;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return "it does not answer";
        }
    }
}
