namespace CabinMood.Service.Health;

/// <summary>Knows whether things can be stored: what the last attempt said, and how much room there is. Thread-safe.</summary>
/// <param name="folder">The state folder.</param>
public sealed class StorageWatch(string folder)
{
    private volatile string? _trouble;
    private long _failures;

    /// <summary>Why the last thing could not be stored; null when it could.</summary>
    public string? Trouble => _trouble;

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
            _trouble = e.Message;
            Interlocked.Increment(ref _failures);
            throw;
        }
    }
}
