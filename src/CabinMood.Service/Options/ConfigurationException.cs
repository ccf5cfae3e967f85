namespace CabinMood.Service.Options;

/// <summary>The configuration cannot be used. The message is one line for the person who wrote it.</summary>
public sealed class ConfigurationException : Exception
{
    /// <summary>One line that says which key of which file is wrong, and what is allowed.</summary>
    public ConfigurationException(string message)
        : base(message)
    {
    }

    /// <summary>The same, with what led to it.</summary>
    public ConfigurationException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
