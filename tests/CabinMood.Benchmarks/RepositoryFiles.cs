namespace CabinMood.Benchmarks;

/// <summary>Finds files of the repository from wherever the benchmarks run.</summary>
internal static class RepositoryFiles
{
    public static string Find(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, path)))
            {
                return Path.Combine(folder.FullName, path);
            }
        }

        throw new FileNotFoundException($"The benchmarks do not run inside the repository: there is no {path}.");
    }
}
