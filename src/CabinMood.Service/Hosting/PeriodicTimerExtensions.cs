namespace CabinMood.Service.Hosting;

/// <summary>Lets loops over a timer end with their service instead of with an exception.</summary>
internal static class PeriodicTimerExtensions
{
    /// <summary>Waits for the next tick; false when cancelled.</summary>
    public static async ValueTask<bool> NextAsync(this PeriodicTimer timer, CancellationToken cancellation)
    {
        try
        {
            return await timer.WaitForNextTickAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
