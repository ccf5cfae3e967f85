using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CabinMood.Messaging;

/// <summary>From when until when the certificates that the configuration names are valid.</summary>
public static class CertificateDates
{
    /// <summary>Whom we trust, then our own; of a file with several, when all of them are valid.</summary>
    /// <param name="options">Options with TLS; without it there is nothing to read.</param>
    /// <returns>File, first and last moment of validity, UTC.</returns>
    /// <exception cref="IOException">A file cannot be read or holds no certificate; the message says which.</exception>
    public static IReadOnlyList<(string File, DateTime From, DateTime Until)> Of(MqttOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!options.Tls)
        {
            return [];
        }

        var files = TlsFiles.Of(options);
        string?[] all = [files.Authority, files.Certificate];
        return [.. all.OfType<string>().Select(DatesOf)];
    }

    private static (string File, DateTime From, DateTime Until) DatesOf(string file)
    {
        X509Certificate2Collection certificates = [];
        try
        {
            certificates.ImportFromPemFile(file);
            return (file, certificates.Max(certificate => certificate.NotBefore).ToUniversalTime(), certificates.Min(certificate => certificate.NotAfter).ToUniversalTime());
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
