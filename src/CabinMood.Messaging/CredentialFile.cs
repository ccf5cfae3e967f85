namespace CabinMood.Messaging;

/// <summary>
/// Where a secret lies. systemd hands secrets to a service as files in a folder of its own, which nobody else can read
/// [systemd.exec(5), CREDENTIALS].
/// </summary>
internal static class CredentialFile
{
    internal const string FolderVariable = "CREDENTIALS_DIRECTORY";

    /// <summary>The systemd credential of that name if there is one, else the file itself.</summary>
    internal static string Resolve(string name)
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is not { Length: > 0 } folder || Path.IsPathRooted(name))
        {
            return name;
        }

        var credential = Path.Combine(folder, name);
        return File.Exists(credential) ? credential : name;
    }

    /// <summary>The first line of the password's file; null when none is configured.</summary>
    /// <exception cref="IOException">It cannot be read; the message says why.</exception>
    internal static string? ReadPassword(MqttOptions options)
    {
        if (options.PasswordFile.Length == 0)
        {
            return null;
        }

        try
        {
            using var reader = new StreamReader(Resolve(options.PasswordFile));
            return reader.ReadLine() ?? "";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"the password file cannot be read: {exception.Message.TrimEnd('.')}", exception);
        }
    }
}
