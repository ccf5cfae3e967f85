namespace CabinMood.Core.Conductor.Publications;

/// <summary>What became of a command.</summary>
public enum ReplyStatus
{
    /// <summary>Done, and committed where it is stored.</summary>
    Ok,

    /// <summary>Not done.</summary>
    Error,

    /// <summary>Was done, and a newer override has replaced it.</summary>
    Superseded,
}
