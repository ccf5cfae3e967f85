using CabinMood.Core.Conductor.Commands;
using CabinMood.Core.Conductor.Publications;

namespace CabinMood.Core.Conductor;

/// <summary>What became of one command.</summary>
/// <param name="IsAnswered">False while it waits for its commit.</param>
/// <param name="Outcome">The answer to give when the command comes again; while it waits, the second reply it will get, or null.</param>
/// <param name="Command">What was asked, so that another command under the same id is not taken for it; null when a restart forgot it.</param>
public readonly record struct LedgerEntry(bool IsAnswered, ReplyPublication? Outcome, Command? Command)
{
    /// <summary>Obeyed, and waiting for its commit.</summary>
    public static LedgerEntry Waiting(Command command) => new(false, null, command);

    /// <summary>True when a command that came again asks for the same as the one that was obeyed.</summary>
    public bool IsOf(Command command) => Command is SetTaste mine && command is SetTaste other
        // Records compare the lists in them by reference.
        ? mine.Artists.SequenceEqual(other.Artists) && mine.Languages.SequenceEqual(other.Languages) && mine.ExcludeArtists.SequenceEqual(other.ExcludeArtists)
        : Command is null || Command == command;
}
