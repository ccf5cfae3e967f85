namespace CabinMood.Service.Tests.Support;

/// <summary>Where the repository lies, from wherever the tests run.</summary>
internal static class Repository
{
    internal static string Root { get; } = FindRoot();

    internal static string File(string path) => Path.Combine(Root, path);

    /// <summary>Development material that may stand beside a checkout but never in it.</summary>
    internal static string Shared(string path) => Path.Combine(Root, "..", "shared", path);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!System.IO.File.Exists(Path.Combine(folder!.FullName, "CabinMood.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
