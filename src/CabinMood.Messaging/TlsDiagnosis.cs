using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CabinMood.Messaging;

/// <summary>
/// Says why a TLS connection came to nothing. libmosquitto knows only that it did; whoever has to mend a certificate
/// needs to know which one and why. Asked after a failure only: it never decides whether a broker is trusted.
/// </summary>
internal static class TlsDiagnosis
{
    private static readonly TlsObjection SpeaksNoTls = new("it takes connections but does not speak TLS", MqttObstacle.PlainPort);

    /// <summary>With TLS 1.3 a broker says no to our certificate only after the handshake; it does so at once.</summary>
    private static readonly TimeSpan ObjectionTimeout = TimeSpan.FromSeconds(1);

    /// <returns>Why it is over, or null when nothing is wrong that can be seen from here.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    internal static MqttSessionEnd? Explain(MqttOptions options, TlsFiles files, TimeSpan timeout, TimeProvider time, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            return ExplainAsync(options, files, time, either.Token).GetAwaiter().GetResult() is { } objection
                ? new MqttSessionEnd(objection.Reason, IsRefusal: true, Obstacle: objection.Obstacle)
                : null;
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Too slow to tell; the next attempt may know more.
            return null;
        }
    }

    private static async Task<TlsObjection?> ExplainAsync(MqttOptions options, TlsFiles files, TimeProvider time, CancellationToken cancellation)
    {
        X509Certificate2Collection authorities = [];
        X509Certificate2? own;
        try
        {
            authorities.ImportFromPemFile(files.Authority);
        }
        catch (CryptographicException)
        {
            authorities.Clear();
        }

        if (authorities.Count == 0)
        {
            return new TlsObjection($"the CA file {files.Authority} holds no certificate in PEM", MqttObstacle.FileContents);
        }

        try
        {
            own = files.Certificate is null ? null : X509Certificate2.CreateFromPemFile(files.Certificate, files.Key);
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            return new TlsObjection(
                $"the certificate {files.Certificate} and the key {files.Key} are no pair in PEM without a pass phrase: {exception.Message}", MqttObstacle.FileContents);
        }

        using var client = new TcpClient();
        await client.ConnectAsync(options.Host, options.Port, cancellation).ConfigureAwait(false);
        TlsObjection? problem = null;
        using var stream = new SslStream(client.GetStream(), leaveInnerStreamOpen: false);
        try
        {
            await stream.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = options.Host,
                    ClientCertificates = own is null ? [] : [own],
                    RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                    {
                        problem = BrokerCertificate.Objection(options, files, authorities, (X509Certificate2?)certificate, chain, errors, time.GetUtcNow());
                        return problem is null;
                    },
                },
                cancellation).ConfigureAwait(false);
            return await RefusesUsAsync(stream, time, cancellation).ConfigureAwait(false) ? Refusal(files, own, time.GetUtcNow().UtcDateTime) : null;
        }
        catch (AuthenticationException exception)
        {
            return problem ?? new TlsObjection($"TLS came to nothing: {exception.InnerException?.Message ?? exception.Message}", MqttObstacle.Tls);
        }
        catch (IOException) when (problem is null)
        {
            return SpeaksNoTls;
        }
        finally
        {
            own?.Dispose();
            foreach (var authority in authorities)
            {
                authority.Dispose();
            }
        }
    }

    private static TlsObjection Refusal(TlsFiles files, X509Certificate2? own, DateTime now)
    {
        if (own is null)
        {
            return new TlsObjection("it wants a certificate from us; set Mqtt:CertificateFile and Mqtt:KeyFile", MqttObstacle.NoCertificate);
        }

        var until = own.NotAfter.ToUniversalTime();
        return new TlsObjection(
            until < now
                ? string.Create(CultureInfo.InvariantCulture, $"it refuses our certificate {files.Certificate}, which expired on {until:yyyy-MM-dd HH:mm}Z")
                : $"it refuses our certificate {files.Certificate}: did an authority sign it that the broker does not know, or is the broker's clock wrong?",
            MqttObstacle.OurCertificate);
    }

    /// <summary>True when the broker closes the connection although we have said nothing yet.</summary>
    private static async Task<bool> RefusesUsAsync(SslStream stream, TimeProvider time, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(ObjectionTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            return await stream.ReadAsync(new byte[1], either.Token).ConfigureAwait(false) == 0;
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
