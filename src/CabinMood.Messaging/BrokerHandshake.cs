using CabinMood.Messaging.Mosquitto;

namespace CabinMood.Messaging;

/// <summary>How a connection begins: the secrets are read, the broker is reached, proves who it is, and says yes or no.</summary>
internal sealed class BrokerHandshake(MosquittoConnection connection, MqttOptions options, TimeProvider time)
{
    /// <summary>A broker that has not answered by then will not; on a vehicle's network it takes milliseconds.</summary>
    internal static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(3);

    /// <summary>Connects and waits for the broker's answer.</summary>
    /// <param name="availabilityTopic">Where the last will goes; null for none.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Null when the broker said yes, else why not.</returns>
    /// <exception cref="MosquittoException">libmosquitto refused a setting or the connection.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    internal MqttSessionEnd? Perform(string? availabilityTopic, CancellationToken cancellation)
    {
        TlsFiles? tls;
        try
        {
            tls = Prepare(availabilityTopic);
        }
        catch (IOException exception)
        {
            return new MqttSessionEnd(exception.Message, IsRefusal: true, Obstacle: MqttObstacle.Files);
        }

        if (BrokerProbe.Try(options, AnswerTimeout, time, cancellation) is { } problem)
        {
            return new MqttSessionEnd(problem, Obstacle: MqttObstacle.Unreachable);
        }

        var end = Shake(cancellation);
        return end is { IsRefusal: false } && tls is not null
            ? TlsDiagnosis.Explain(options, tls, AnswerTimeout, time, cancellation) ?? end
            : end;
    }

    /// <summary>Credentials and last will, before anything is sent.</summary>
    /// <returns>The files for TLS; null without.</returns>
    /// <exception cref="IOException">A file cannot be read.</exception>
    private TlsFiles? Prepare(string? availabilityTopic)
    {
        if (options.Username.Length > 0)
        {
            connection.UseCredentials(options.Username, CredentialFile.ReadPassword(options));
        }

        if (availabilityTopic is not null)
        {
            connection.SetWill(availabilityTopic, "offline"u8);
        }

        if (!options.Tls)
        {
            return null;
        }

        var tls = TlsFiles.Of(options);
        connection.UseTls(tls.Authority, tls.Certificate, tls.Key);
        return tls;
    }

    /// <summary>Connects and waits for the answer.</summary>
    /// <returns>Null when it was yes.</returns>
    private MqttSessionEnd? Shake(CancellationToken cancellation)
    {
        try
        {
            connection.Connect(options.Host, options.Port, options.KeepAliveSeconds, options.SessionExpirySeconds);
        }
        catch (MosquittoException exception) when (options.Tls)
        {
            return new MqttSessionEnd(exception.Message);
        }

        var since = time.GetTimestamp();
        while (connection.ConnectReason is null)
        {
            cancellation.ThrowIfCancellationRequested();
            var code = connection.Turn(TimeSpan.FromMilliseconds(100));
            if (connection.ConnectReason is null && code != MosquittoNative.Success)
            {
                return MqttSessionEnd.Of(connection, code, options.KeepAliveSeconds);
            }

            if (time.GetElapsedTime(since) > AnswerTimeout)
            {
                return new MqttSessionEnd("it takes connections but does not answer");
            }
        }

        return connection.ConnectReason is { } reason and not 0
            ? new MqttSessionEnd(MosquittoNative.DescribeReason(reason), MqttReason.NeedsAPerson(reason), Obstacle: MqttReason.NeedsAPerson(reason) ? MqttObstacle.Login : MqttObstacle.None)
            : null;
    }
}
