using CabinMood.Core.Conductor.Commands;
using CabinMood.Core.Conductor.Publications;

namespace CabinMood.Core.Conductor;

/// <summary>What became of one command.</summary>
/// <param name="Stage">How far it has come.</param>
/// <param name="Outcome">The answer to give when it comes again: ok, or superseded. While it waits, superseded is the second reply that it will get.</param>
/// <param name="Asked">The <see cref="CommandDigest"/> of what was asked, so that another command under the same id is not taken for it; null once that is forgotten.</param>
public readonly record struct LedgerEntry(LedgerStage Stage, ReplyStatus Outcome, string? Asked)
{
    /// <summary>Done when it was obeyed, whatever the disk says then: a wish for music has been heard, and a no is a no.</summary>
    public bool HoldsUnstored { get; private init; }

    /// <summary>Obeyed, and waiting for its commit.</summary>
    public static LedgerEntry Waiting(Command command) => new(LedgerStage.Waiting, ReplyStatus.Ok, CommandDigest.Of(command))
    {
        HoldsUnstored = command is OverrideMood or OverrideButton or ClearOverride or SetConsent { Granted: false } or SetCamera { On: false },
    };

    /// <summary>True when a command that came again asks for the same as the one that was obeyed, as far as is known.</summary>
    public bool IsOf(Command command) => Asked is null || Asked == CommandDigest.Of(command);
}
