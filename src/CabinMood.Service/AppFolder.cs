namespace CabinMood.Service;

/// <summary>Where the program's own files lie.</summary>
public static class AppFolder
{
    /// <summary>The file behind a path from the configuration: relative paths start at the program's folder, not at wherever it was started from.</summary>
    public static string Resolve(string path) => Path.IsPathRooted(path) ? path : Path.Combine(AppContext.BaseDirectory, path);
}
