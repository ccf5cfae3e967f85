using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CabinMood.Messaging;

/// <summary>Until when the certificates that the configuration names are valid.</summary>
public static class CertificateDates
{
    /// <summary>Whom we trust, then our own; of a file with several, the first to expire.</summary>
    /// <param name="options">Options with TLS; without it there is nothing to read.</param>
    /// <returns>File and last moment of validity, UTC.</returns>
    /// <exception cref="IOException">A file cannot be read or holds no certificate; the message says which.</exception>
    public static IReadOnlyList<(string File, DateTime Until)> Of(MqttOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!options.Tls)
        {
            return [];
        }

        var files = TlsFiles.Of(options);
        string?[] all = [files.Authority, files.Certificate];
        return [.. all.OfType<string>().Select(file => (file, Until(file)))];
    }

    private static DateTime Until(string file)
    {
        X509Certificate2Collection certificates = [];
        try
        {
            certificates.ImportFromPemFile(file);
            return certificates.Min(certificate => certificate.NotAfter).ToUniversalTime();
        }
        catch (Exception e) when (e is CryptographicException or InvalidOperationException)
        {
            throw new IOException($"{file} holds no certificate in PEM", e);
        }
        finally
        {
            foreach (var certificate in certificates)
            {
                certificate.Dispose();
            }
        }
    }
}
