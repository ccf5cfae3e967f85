using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace CabinMood.Messaging;

/// <summary>What is wrong with a certificate that a broker shows, the first thing of several that mends most.</summary>
internal static class BrokerCertificate
{
    /// <summary>Judges it as libmosquitto does, and can say why.</summary>
    /// <param name="options">Whom we meant to reach.</param>
    /// <param name="files">Where those lie whom we trust.</param>
    /// <param name="authorities">Whom we trust.</param>
    /// <param name="certificate">What was shown; null for nothing.</param>
    /// <param name="shown">What was shown with it.</param>
    /// <param name="errors">What .NET finds, of which only the name counts: it does not know whom we trust.</param>
    /// <param name="now">Our clock.</param>
    /// <returns>Null when nothing is wrong.</returns>
    internal static TlsObjection? Objection(
        MqttOptions options,
        TlsFiles files,
        X509Certificate2Collection authorities,
        X509Certificate2? certificate,
        X509Chain? shown,
        SslPolicyErrors errors,
        DateTimeOffset now)
    {
        if (certificate is null)
        {
            return new TlsObjection("it shows no certificate", MqttObstacle.Tls);
        }

        if (Untimely(certificate, "its certificate", MqttObstacle.BrokerExpired, now) is { } untimely)
        {
            return untimely;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.ExtraStore.AddRange(shown?.ChainPolicy.ExtraStore ?? []);
        if (!chain.Build(certificate))
        {
            // An authority that is over has signed it all the same: another one need not be looked for.
            var isComplete = chain.ChainStatus.All(status => status.Status == X509ChainStatusFlags.NotTimeValid);
            return (isComplete ? chain.ChainElements.Skip(1).Select(element => Untimely(element.Certificate, $"{element.Certificate.Subject}, which signed its certificate,", MqttObstacle.AuthorityExpired, now)).FirstOrDefault(one => one is not null) : null)
                ?? new TlsObjection(
                    $"its certificate, {certificate.Subject}, is not signed by the authority in {files.Authority} ({chain.ChainStatus[0].StatusInformation.TrimEnd('.', ' ', '\n')})",
                    MqttObstacle.Authority);
        }

        return errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)
            ? new TlsObjection($"its certificate is for {NamesOf(certificate)}, not for {options.Host}", MqttObstacle.HostName)
            : null;
    }

    private static TlsObjection? Untimely(X509Certificate2 certificate, string what, MqttObstacle over, DateTimeOffset now)
    {
        var (from, until) = (certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime());
        return until < now ? new TlsObjection(Told($"expired on {Stamp(until)}"), over)
            : from > now ? new TlsObjection(Told($"is not valid before {Stamp(from)}"), MqttObstacle.NotYetValid)
            : null;

        string Told(string verdict) => $"{what} {verdict}, and our clock says {Stamp(now.UtcDateTime)}";
    }

    private static string Stamp(DateTime utc) => string.Create(CultureInfo.InvariantCulture, $"{utc:yyyy-MM-dd HH:mm}Z");

    private static string NamesOf(X509Certificate2 certificate)
    {
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(extension => extension.EnumerateDnsNames().Concat(extension.EnumerateIPAddresses().Select(address => address.ToString())))
            .ToArray();
        return names.Length > 0 ? string.Join(", ", names) : certificate.Subject;
    }
}
