namespace CabinMood.Core.Conductor.Publications;

/// <summary>Errors of replies that somebody besides the commander goes by.</summary>
public static class ReplyErrors
{
    /// <summary>More commands a second than <c>Commands:PerSecond</c>; this one was not looked at.</summary>
    public const string TooMany = "too many commands at once; try again in a second";
}
