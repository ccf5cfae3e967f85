using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CabinMood.Messaging;

/// <summary>From when until when one certificate that the configuration names is valid.</summary>
/// <param name="File">Where it lies.</param>
/// <param name="Subject">Whose it is, such as <c>CN=vehicle-ca</c>.</param>
/// <param name="IsRoot">Whether it is one of those whom we trust, of which one that is valid is enough; of our own all must be.</param>
/// <param name="From">The first moment, UTC.</param>
/// <param name="Until">The last moment, UTC.</param>
public sealed record CertificateDates(string File, string Subject, bool IsRoot, DateTime From, DateTime Until)
{
    /// <summary>Those whom we trust, then our own with its chain.</summary>
    /// <param name="options">Options with TLS; without it there is nothing to read.</param>
    /// <exception cref="IOException">A file cannot be read or holds no certificate; the message says which.</exception>
    public static IReadOnlyList<CertificateDates> Of(MqttOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!options.Tls)
        {
            return [];
        }

        var files = TlsFiles.Of(options);
        return [.. In(files.Authority, isRoot: true), .. files.Certificate is { } own ? In(own, isRoot: false) : []];
    }

    /// <summary>Whether it is valid at a moment.</summary>
    public bool IsValidAt(DateTime utc) => From <= utc && utc < Until;

    private static CertificateDates[] In(string file, bool isRoot)
    {
        X509Certificate2Collection certificates = [];
        try
        {
            certificates.ImportFromPemFile(file);
            return certificates.Count > 0
                ? [.. certificates.Select(one => new CertificateDates(file, one.Subject, isRoot, one.NotBefore.ToUniversalTime(), one.NotAfter.ToUniversalTime()))]
                : throw new IOException($"{file} holds no certificate in PEM");
        }
        catch (CryptographicException e)
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
