namespace CabinMood.Messaging;

/// <summary>The files that nobody but the service may read: the password and the private key.</summary>
internal static class SecretFiles
{
    /// <summary>Those that every user of the machine may read. A file that is not there is somebody else's trouble.</summary>
    internal static IReadOnlyList<string> ReadableByAll(MqttOptions options)
    {
        string[] named = [options.PasswordFile, options.Tls ? options.KeyFile : ""];
        return [.. named.Where(name => name.Length > 0).Select(CredentialFile.Resolve).Where(IsReadableByAll)];
    }

    private static bool IsReadableByAll(string file)
    {
        try
        {
            return !OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & UnixFileMode.OtherRead) != 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
