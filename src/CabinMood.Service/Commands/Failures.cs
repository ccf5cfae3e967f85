using CabinMood.Service.Options;

namespace CabinMood.Service.Commands;

/// <summary>Turns what went wrong into the one line that a person reads.</summary>
internal static class Failures
{
    /// <summary>The line for an exception. Nobody is ever shown a stack trace.</summary>
    public static string LineFor(Exception exception)
    {
        var cause = exception is AggregateException { InnerExceptions.Count: 1 } one ? one.InnerExceptions[0] : exception;
        var line = FirstLine(cause.Message);
        var isExpected = cause is ConfigurationException or CommandFailedException or IOException or UnauthorizedAccessException
            || cause.GetType().Namespace?.StartsWith("CabinMood.", StringComparison.Ordinal) == true;
        return isExpected ? line : $"unexpected {cause.GetType().Name}: {line}";
    }

    private static string FirstLine(string message)
    {
        var end = message.AsSpan().IndexOfAny('\r', '\n');
        return end < 0 ? message : message[..end];
    }
}
