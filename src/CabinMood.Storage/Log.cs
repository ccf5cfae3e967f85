using Microsoft.Extensions.Logging;

namespace CabinMood.Storage;

/// <summary>Everything that this project logs. Never what is stored.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "{File} is not usable ({Reason}); it was set aside as {Aside} and a new one begun. What was learned about the driver is lost, and an imported catalogue must be imported again.")]
    internal static partial void SetAside(ILogger logger, string file, string reason, string aside);

    [LoggerMessage(2, LogLevel.Information, "Everything learned about the driver was erased.")]
    internal static partial void Erased(ILogger logger);

    [LoggerMessage(3, LogLevel.Warning, "What {File} says about {What} cannot be read and is ignored.")]
    internal static partial void Unreadable(ILogger logger, string file, string what);

    [LoggerMessage(4, LogLevel.Warning, "Everything was erased, but that it was could not be stored yet ({Reason}): it will be with whatever is stored next.")]
    internal static partial void ErasureOwed(ILogger logger, string reason);
}
