using System.Globalization;
using CabinMood.Service.Health;
using CabinMood.Service.Options;
using CabinMood.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace CabinMood.Service.Diagnosis;

/// <summary>Whether the state folder can be written, found out by writing, and how much room there is.</summary>
/// <param name="folder">The state folder.</param>
/// <param name="owner">Whose it must be.</param>
internal sealed class StorageChecks(string folder, string owner)
{
    // RuntimeDirectory= of the unit.
    private const string RuntimeFolder = "/run/cabinmood";

    private string GiveFolder => $"sudo install -d -m 700 {folder} && sudo chown -R {owner}: {folder}";

    private string MakeRoom => $"make room (what takes most comes last in: sudo du -xa {folder} | sort -n), or name another folder in {StorageOptions.FolderVariable}";

    /// <summary>Whether things can be stored: opens the database as the service does, writes, and takes it back.</summary>
    public Finding Storage()
    {
        if (FileInTheWay() is { } file)
        {
            return new Finding("storage", false, $"{file} is a file, and the state folder {folder} should be a folder", $"it is a file; move it away: sudo mv {file} {file}.away && {GiveFolder}");
        }

        try
        {
            DriverStore.TryWriting(folder, NullLogger<DriverStore>.Instance);
            return new Finding("storage", true, $"{folder}, written and read as {Environment.UserName}");
        }
        catch (Exception e)
        {
            // A check exists to find what can go wrong, whatever it is.
            return new Finding("storage", false, $"{folder}: {DiskTrouble.Of(e)}", Remedy(e));
        }
    }

    /// <summary>Whether there is room in the state folder.</summary>
    public Finding Disk() => new StorageWatch(folder).FreeBytes switch
    {
        null => new Finding("disk", false, $"the room in {folder} cannot be told", $"give the service's user a folder that exists: {GiveFolder}; or set {StorageOptions.FolderVariable}"),
        { } free and < HealthRules.LeastFreeBytes => new Finding("disk", false, Megabytes(free), MakeRoom),
        { } free => new Finding("disk", true, Megabytes(free)),
    };

    /// <summary>Whether the metrics can be written where the configuration wants them, found out by writing beside them.</summary>
    /// <param name="file"><c>Metrics:File</c>; empty where none is wanted.</param>
    public Finding Metrics(string file)
    {
        if (file.Length == 0)
        {
            return new Finding("metrics", true, "none: Metrics:File is not set");
        }

        var place = Path.GetDirectoryName(Path.GetFullPath(file))!;
        if (place == RuntimeFolder && !Directory.Exists(place))
        {
            return new Finding("metrics", true, $"{file}, in the folder that the unit makes when it starts");
        }

        var trial = Path.Combine(place, $"cabinmood-{Guid.NewGuid():N}.tmp");
        try
        {
            File.WriteAllBytes(trial, [0]);
            File.Delete(trial);
            return new Finding("metrics", true, $"{file}, written as {Environment.UserName}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Finding("metrics", false, $"{file}: {DiskTrouble.Of(e)}",
                $"give the service's user the folder: sudo install -d -o {owner} {place}, and name it in ReadWritePaths= (sudo systemctl edit cabinmood); or set Metrics:File to {RuntimeFolder}/cabinmood.prom");
        }
    }

    private string Remedy(Exception e) => e switch
    {
        _ when DiskTrouble.IsFull(e) => MakeRoom,
        _ when DiskTrouble.IsReadOnly(e) =>
            $"let it be written: sudo mount -o remount,rw \"$(findmnt -n -o TARGET -T {folder})\", or where only the files are protected: {GiveFolder}; or name another folder in {StorageOptions.FolderVariable}",
        _ when DiskTrouble.IsLocked(e) => $"end the program that holds it; who that is: sudo lslocks --notruncate | grep 'WRITE.*{DriverStore.FileName}'",
        _ => $"give the service's user a writable folder: {GiveFolder}; or set {StorageOptions.FolderVariable}",
    };

    /// <summary>The folder itself or one above it, where that is none; null when nothing is in the way.</summary>
    private string? FileInTheWay()
    {
        for (var path = Path.GetFullPath(folder); path is not null; path = Path.GetDirectoryName(path))
        {
            if (File.Exists(path))
            {
                return path;
            }
        }

        return null;
    }

    private string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:F0} MB free for {folder}");
}
