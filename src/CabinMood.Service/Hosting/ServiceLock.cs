namespace CabinMood.Service.Hosting;

/// <summary>
/// Held by a service as long as it runs on a state folder. What it knows of the driver is in its memory too, and it
/// writes that down again: nobody else may change or erase it behind its back.
/// </summary>
internal sealed class ServiceLock : IDisposable
{
    private const string FileName = "service.lock";

    // EAGAIN, as .NET passes it on: somebody else holds the file.
    private const int HeldByOthers = 11;

    private readonly FileStream _file;

    private ServiceLock(FileStream file) => _file = file;

    /// <summary>Takes the lock; it ends with this object or with the process, however that ends.</summary>
    /// <returns>Null when somebody else holds it.</returns>
    /// <exception cref="IOException">The folder cannot be used.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static ServiceLock? TryTake(string folder)
    {
        Directory.CreateDirectory(folder);
        try
        {
            return new ServiceLock(new FileStream(Path.Combine(folder, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (e.HResult == HeldByOthers)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
