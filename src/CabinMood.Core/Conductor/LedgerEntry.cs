using CabinMood.Core.Conductor.Publications;

namespace CabinMood.Core.Conductor;

/// <summary>What became of one command.</summary>
/// <param name="IsAnswered">False while it waits for its commit.</param>
/// <param name="Outcome">The answer to give when the command comes again; while it waits, the second reply it will get, or null.</param>
public readonly record struct LedgerEntry(bool IsAnswered, ReplyPublication? Outcome)
{
    /// <summary>Obeyed, and waiting for its commit.</summary>
    public static LedgerEntry Waiting => default;
}
