namespace CabinMood.Vision.Tests.Support;

/// <summary>Where the repository's files lie.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Development material that may stand beside a checkout but never in it.</summary>
    public static string Shared { get; } = Path.Combine(Root, "..", "shared");

    public static string Golden(string file) => Path.Combine(Root, "tests", "data", "golden", file);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CabinMood.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
