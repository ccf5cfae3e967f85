namespace CabinMood.Messaging;

/// <summary>The files that TLS needs, each known to be readable just now.</summary>
/// <param name="Authority">Whom to trust, PEM.</param>
/// <param name="Certificate">Our own certificate, PEM; null for none.</param>
/// <param name="Key">Its private key, PEM; null for none.</param>
internal sealed record TlsFiles(string Authority, string? Certificate, string? Key)
{
    /// <exception cref="IOException">A file cannot be read; the message says which.</exception>
    internal static TlsFiles Of(MqttOptions options) => new(
        Readable(options.CaFile, "CA file"),
        options.CertificateFile.Length > 0 ? Readable(options.CertificateFile, "certificate file") : null,
        options.KeyFile.Length > 0 ? Readable(options.KeyFile, "key file") : null);

    private static string Readable(string name, string role)
    {
        var file = CredentialFile.Resolve(name);
        try
        {
            using var stream = File.OpenRead(file);
            return file;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"the {role} cannot be read: {exception.Message.TrimEnd('.')}", exception);
        }
    }
}
