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
    private const string SpeaksNoTls = "it takes connections but does not speak TLS";

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
                ? new MqttSessionEnd(objection, IsRefusal: true, Obstacle: objection == SpeaksNoTls ? MqttObstacle.PlainPort : MqttObstacle.Trust)
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

    private static async Task<string?> ExplainAsync(MqttOptions options, TlsFiles files, TimeProvider time, CancellationToken cancellation)
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
            return $"the CA file {files.Authority} holds no certificate in PEM";
        }

        try
        {
            own = files.Certificate is null ? null : X509Certificate2.CreateFromPemFile(files.Certificate, files.Key);
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            return $"the certificate {files.Certificate} and the key {files.Key} are no pair in PEM without a pass phrase: {exception.Message}";
        }

        using var client = new TcpClient();
        await client.ConnectAsync(options.Host, options.Port, cancellation).ConfigureAwait(false);
        string? problem = null;
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
                        problem = Objection(options, files, authorities, (X509Certificate2?)certificate, chain, errors, time);
                        return problem is null;
                    },
                },
                cancellation).ConfigureAwait(false);
            return await RefusesUsAsync(stream, time, cancellation).ConfigureAwait(false) ? Refusal(files) : null;
        }
        catch (AuthenticationException exception)
        {
            return problem ?? $"TLS came to nothing: {exception.InnerException?.Message ?? exception.Message}";
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

    /// <summary>What is wrong with the broker's certificate; null when nothing is.</summary>
    private static string? Objection(
        MqttOptions options,
        TlsFiles files,
        X509Certificate2Collection authorities,
        X509Certificate2? certificate,
        X509Chain? shown,
        SslPolicyErrors errors,
        TimeProvider time)
    {
        if (certificate is null)
        {
            return "it shows no certificate";
        }

        var now = time.GetUtcNow();
        if (certificate.NotAfter.ToUniversalTime() < now)
        {
            return string.Create(CultureInfo.InvariantCulture, $"its certificate expired on {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd HH:mm}Z, and our clock says {now:yyyy-MM-dd HH:mm}Z");
        }

        if (certificate.NotBefore.ToUniversalTime() > now)
        {
            return string.Create(CultureInfo.InvariantCulture, $"its certificate is not valid before {certificate.NotBefore.ToUniversalTime():yyyy-MM-dd HH:mm}Z, and our clock says {now:yyyy-MM-dd HH:mm}Z");
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.ExtraStore.AddRange(shown?.ChainPolicy.ExtraStore ?? []);
        if (!chain.Build(certificate))
        {
            return $"its certificate, {certificate.Subject}, is not signed by the authority in {files.Authority} ({chain.ChainStatus[0].StatusInformation.TrimEnd('.', ' ', '\n')})";
        }

        return errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)
            ? $"its certificate is for {NamesOf(certificate)}, not for {options.Host}"
            : null;
    }

    private static string NamesOf(X509Certificate2 certificate)
    {
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(extension => extension.EnumerateDnsNames().Concat(extension.EnumerateIPAddresses().Select(address => address.ToString())))
            .ToArray();
        return names.Length > 0 ? string.Join(", ", names) : certificate.Subject;
    }

    private static string Refusal(TlsFiles files) => files.Certificate is null
        ? "it wants a certificate from us; set Mqtt:CertificateFile and Mqtt:KeyFile"
        : $"it refuses our certificate {files.Certificate}: is it expired, or signed by an authority that the broker does not know?";

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
