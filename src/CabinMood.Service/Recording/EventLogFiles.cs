using CabinMood.Service.Options;

namespace CabinMood.Service.Recording;

/// <summary>The event logs in a state folder: the one being written, and the one of the run before.</summary>
internal static class EventLogFiles
{
    private const string Before = ".1";

    /// <summary>Creates an empty log that only its owner may read, and keeps the last one beside it.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static FileStream Create(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        if (File.Exists(file))
        {
            File.Move(file, file + Before, overwrite: true);
        }

        return new FileStream(file, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.Read | FileShare.Delete,
#pragma warning disable CA1416 // CabinMood runs on Linux only.
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
#pragma warning restore CA1416
        });
    }

    /// <summary>Deletes every event log in a state folder, whichever configuration wrote it.</summary>
    /// <returns>How many there were.</returns>
    /// <exception cref="IOException">Not everything could be deleted.</exception>
    public static int DeleteAll(string stateFolder)
    {
        var deleted = 0;
        foreach (var pattern in new[] { $"*{DiagnosticsOptions.Extension}", $"*{DiagnosticsOptions.Extension}{Before}" })
        {
            foreach (var file in Directory.GetFiles(stateFolder, pattern))
            {
                File.Delete(file);
                deleted++;
            }
        }

        return deleted;
    }
}
