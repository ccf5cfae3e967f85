using System.Runtime.ExceptionServices;
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
            // The log writes in pieces of its own: nothing may be left that a full disk then refuses at the close.
            BufferSize = 0,
#pragma warning disable CA1416 // CabinMood runs on Linux only.
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
#pragma warning restore CA1416
        });
    }

    /// <summary>Every event log in a state folder, whichever configuration wrote it.</summary>
    public static IReadOnlyList<string> All(string stateFolder) =>
    [
        .. Directory.GetFiles(stateFolder, $"*{DiagnosticsOptions.Extension}"),
        .. Directory.GetFiles(stateFolder, $"*{DiagnosticsOptions.Extension}{Before}"),
    ];

    /// <summary>Deletes every event log in a state folder; one that cannot be deleted does not keep the others.</summary>
    /// <exception cref="IOException">Not everything could be deleted.</exception>
    /// <exception cref="UnauthorizedAccessException">Not everything could be deleted.</exception>
    public static void DeleteAll(string stateFolder)
    {
        ExceptionDispatchInfo? first = null;
        foreach (var file in All(stateFolder))
        {
            try
            {
                File.Delete(file);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                first ??= ExceptionDispatchInfo.Capture(e);
            }
        }

        first?.Throw();
    }
}
