using CabinMood.Storage;

namespace CabinMood.Service.Health;

/// <summary>Knows whether things can be stored: what the last attempt said, and how much room there is. Thread-safe.</summary>
/// <param name="folder">The state folder.</param>
public sealed class StorageWatch(string folder)
{
    private volatile string? _trouble;
    private volatile string? _notErased;
    private long _failures;

    /// <summary>What the driver asked to be erased and is not yet, or why the last thing could not be stored; null when all is well.</summary>
    public string? Trouble => _notErased ?? _trouble;

    /// <summary>What is not erased yet, and why; null when nothing is left.</summary>
    public string? NotErased
    {
        get => _notErased;
        set => _notErased = value;
    }

    /// <summary>Things that could not be stored since the start.</summary>
    public long Failures => Volatile.Read(ref _failures);

    /// <summary>Room on the folder's disk for this user; null where it cannot be told.</summary>
    public long? FreeBytes
    {
        get
        {
            try
            {
                return new DriveInfo(folder).AvailableFreeSpace;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }
    }

    /// <summary>Stores something and remembers how that went.</summary>
    /// <exception cref="Exception">What <paramref name="store"/> throws.</exception>
    public void Watch(Action store)
    {
        try
        {
            store();
            _trouble = null;
        }
        catch (Exception e)
        {
            _trouble = DiskTrouble.Of(e);
            Interlocked.Increment(ref _failures);
            throw;
        }
    }
}
