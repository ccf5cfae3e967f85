namespace CabinMood.Service.Hosting;

/// <summary>Something that is to be erased is not erased yet; the message says what and why.</summary>
public sealed class ErasureException(string message) : Exception(message);
