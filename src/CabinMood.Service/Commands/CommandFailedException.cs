namespace CabinMood.Service.Commands;

/// <summary>A command cannot do what it was asked. The message is one line that says what to do.</summary>
public sealed class CommandFailedException : Exception
{
    /// <summary>One line for the person who typed the command.</summary>
    public CommandFailedException(string message)
        : base(message)
    {
    }

    /// <summary>The same, with what led to it.</summary>
    public CommandFailedException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
