namespace CabinMood.Service.Logging;

/// <summary>Sorts of messages that are refused; each has its own lines in the log.</summary>
internal enum RefusalKind
{
    /// <summary>Commands that are unreadable or unknown.</summary>
    BadCommands,

    /// <summary>Commands beyond the rate limit, or that found the queue full.</summary>
    TooManyCommands,

    /// <summary>Reports of the player that are unreadable.</summary>
    BadPlayerReports,

    /// <summary>Samples of vehicle signals that are unreadable.</summary>
    BadSignals,

    /// <summary>Signals and reports that found the queue full.</summary>
    TooManyMessages,

    /// <summary>Response topics on which nothing may be said; their commands were taken.</summary>
    ResponseTopics,
}
