using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CabinMood.Messaging.Tests.Security;

/// <summary>A certificate authority made for one test; its keys end with the test's folder.</summary>
internal sealed class TestAuthority : IDisposable
{
    private readonly string _folder;
    private readonly X509Certificate2 _certificate;

    internal TestAuthority(string folder, string name, DateTimeOffset? until = null)
    {
        _folder = folder;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        _certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-30), until ?? DateTimeOffset.UtcNow.AddDays(30));
        File = Write($"{name}.crt", _certificate.ExportCertificatePem());
    }

    /// <summary>Its certificate in PEM.</summary>
    internal string File { get; }

    /// <summary>Signs a certificate for a subject and writes it and its key as PEM.</summary>
    internal (string Certificate, string Key) Sign(string subject, string? host = null, DateTimeOffset? until = null, DateTimeOffset? from = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={subject}", key, HashAlgorithmName.SHA256);
        if (host is not null)
        {
            var names = new SubjectAlternativeNameBuilder();
            if (IPAddress.TryParse(host, out var address))
            {
                names.AddIpAddress(address);
            }
            else
            {
                names.AddDnsName(host);
            }

            request.CertificateExtensions.Add(names.Build());
        }

        // Not by the certificate itself, which signs nothing that is valid for longer than it is.
        using var issuer = _certificate.GetECDsaPrivateKey()!;
        using var signed = request.Create(
            _certificate.SubjectName, X509SignatureGenerator.CreateForECDsa(issuer), from ?? DateTimeOffset.UtcNow.AddDays(-20), until ?? DateTimeOffset.UtcNow.AddDays(20), RandomNumberGenerator.GetBytes(8));
        return (Write($"{subject}.crt", signed.ExportCertificatePem()), Write($"{subject}.key", key.ExportPkcs8PrivateKeyPem()));
    }

    public void Dispose() => _certificate.Dispose();

    private string Write(string name, string pem)
    {
        var file = Path.Combine(_folder, name);
        System.IO.File.WriteAllText(file, pem);
        return file;
    }
}
