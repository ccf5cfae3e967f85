namespace CabinMood.Vision.ModelCards;

/// <summary>A model card or the file that it names cannot be used; the message is one line that says why.</summary>
public sealed class ModelCardException : Exception
{
    /// <summary>Creates the exception.</summary>
    public ModelCardException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public ModelCardException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
