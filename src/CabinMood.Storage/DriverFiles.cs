using System.Globalization;

namespace CabinMood.Storage;

/// <summary>The files that make up a database, and those set aside because they could not be used.</summary>
internal static class DriverFiles
{
    /// <summary>SQLite's log and index beside the file; the log may hold what the file does not have yet.</summary>
    private static readonly string[] Suffixes = ["", "-wal", "-shm"];

    private const int TrialBytes = 64 * 1024;

    /// <summary>
    /// Creates an empty file that only its owner may read, where there is none; SQLite's own follow its rights. One that
    /// exists is not even opened: closing it would drop the locks that this process's other connections hold on it
    /// (POSIX locks belong to the process), and the next program to close the database would delete its log.
    /// </summary>
    internal static void CreatePrivate(string file)
    {
        if (File.Exists(file))
        {
            return;
        }

        try
        {
            using var stream = new FileStream(file, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                Share = FileShare.ReadWrite,
#pragma warning disable CA1416 // CabinMood runs on Linux only.
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
#pragma warning restore CA1416
            });
        }
        catch (IOException) when (File.Exists(file))
        {
            // Another program was faster.
        }
    }

    /// <summary>Renames a database out of the way.</summary>
    /// <returns>The new name.</returns>
    internal static string SetAside(string file)
    {
        for (var n = 1; ; n++)
        {
            var aside = string.Create(CultureInfo.InvariantCulture, $"{file}.corrupt-{n}");
            if (Suffixes.Any(suffix => File.Exists(aside + suffix)))
            {
                continue;
            }

            foreach (var suffix in Suffixes.Where(suffix => File.Exists(file + suffix)))
            {
                File.Move(file + suffix, aside + suffix);
            }

            return aside;
        }
    }

    /// <summary>Deletes everything ever set aside.</summary>
    internal static void DeleteAside(string file)
    {
        foreach (var aside in Directory.GetFiles(Path.GetDirectoryName(file)!, $"{Path.GetFileName(file)}.corrupt-*"))
        {
            File.Delete(aside);
        }
    }

    /// <summary>Writes as much as the longest command may hold several times over, down to the disk, and deletes it.</summary>
    internal static void TryWriting(string folder)
    {
        var file = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"trial-{Environment.ProcessId}"));
        using var stream = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        stream.Write(new byte[TrialBytes]);
        stream.Flush(flushToDisk: true);
    }
}
