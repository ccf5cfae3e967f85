namespace CabinMood.Core.Conductor.Publications;

/// <summary>Errors of replies that somebody besides the commander goes by.</summary>
public static class ReplyErrors
{
    /// <summary>More commands a second than <c>Commands:PerSecond</c>; this one was not looked at.</summary>
    public const string TooMany = "too many commands at once; try again in a second";

    /// <summary>The error of a yes to which a no was said since: it is as if it had been granted and taken back at once.</summary>
    public const string Overtaken = "overtaken: the driver has said no since";
}
