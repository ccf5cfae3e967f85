namespace CabinMood.Messaging;

/// <summary>Where a program lies.</summary>
internal static class ProgramFile
{
    /// <summary>Looks in PATH, then where Debian keeps what only root uses; null where it is not installed.</summary>
    internal static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Concat(["/usr/sbin", "/usr/local/sbin"])
            .Where(folder => folder.Length > 0)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
}
