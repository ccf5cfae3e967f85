namespace CabinMood.Vision.Capture;

/// <summary>A camera, a file or a stream cannot be read; the message is one line that names the source and says why.</summary>
public sealed class CaptureException : Exception
{
    /// <summary>Creates the exception.</summary>
    public CaptureException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
