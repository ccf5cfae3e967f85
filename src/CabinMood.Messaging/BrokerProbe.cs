using System.Net.Sockets;

namespace CabinMood.Messaging;

/// <summary>
/// Opens and closes a plain connection before libmosquitto opens its own: connecting blocks inside the library for as
/// long as the system likes, up to minutes where a host is silent, and a broker that boots later than we do must not
/// be missed for so long.
/// </summary>
internal static class BrokerProbe
{
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
