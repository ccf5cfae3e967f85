using CabinMood.Core.Conductor.Events;
using CabinMood.Core.Conductor.Publications;
using CabinMood.Core.Safety;

namespace CabinMood.Core.Conductor;

/// <summary>Hears from the disk what became of a command's rows, and answers the command.</summary>
internal static class CommitDesk
{
    /// <summary>The rows of a command are on disk, or could not be written.</summary>
    public static void Finish(Turn turn, CommandCommitted committed)
    {
        var id = committed.CommandId;
        LessonDesk.Finish(turn, id, committed.Error is null);
        if (!turn.State.Ledger.TryFind(id, out var entry) || entry.Stage != LedgerStage.Waiting)
        {
            // Nobody waits for it.
            return;
        }

        if (committed.Error is { } error)
        {
            Undo(turn, id);
            if (!entry.HoldsUnstored)
            {
                // Forgotten, so that the head unit may try again with the same id.
                turn.State = turn.State with { Ledger = turn.State.Ledger.Without(id) };
                turn.Reply(id, ReplyStatus.Error, error);
                return;
            }

            // Known in this run at least: a full disk takes the music's control from nobody, nor makes one press count twice.
            Answer(turn, id, entry with { Stage = LedgerStage.Unstored }, ReplyStatus.Error, $"done, but a restart would forget it: {error}");
            return;
        }

        turn.State = turn.State with
        {
            Driver = turn.State.UnstoredDriver is { } settings && settings.CommandId == id ? settings.Settings : turn.State.Driver,
            UnstoredDriver = turn.State.UnstoredDriver?.CommandId == id ? null : turn.State.UnstoredDriver,
            UnstoredTrip = turn.State.UnstoredTrip == id ? null : turn.State.UnstoredTrip,
            UnstoredConsent = turn.State.UnstoredConsent == id ? null : turn.State.UnstoredConsent,
            UnstoredOpening = turn.State.UnstoredOpening == id ? null : turn.State.UnstoredOpening,
        };
        Answer(turn, id, entry with { Stage = LedgerStage.Answered }, ReplyStatus.Ok);
    }

    private static void Answer(Turn turn, string id, LedgerEntry entry, ReplyStatus status, string? error = null)
    {
        turn.State = turn.State with { Ledger = turn.State.Ledger.With(id, entry) };
        turn.Reply(id, status, error);
        if (entry.Outcome == ReplyStatus.Superseded)
        {
            // Superseded while it waited for the disk: that is its second reply, after the first.
            turn.Reply(id, ReplyStatus.Superseded);
        }
    }

    // What the driver is told to be refused must not be in force.
    private static void Undo(Turn turn, string id)
    {
        if (turn.State.UnstoredDriver?.CommandId == id)
        {
            turn.State = turn.State with { UnstoredDriver = null };
        }
        else if (turn.State.UnstoredConsent == id)
        {
            turn.State = turn.State with { UnstoredConsent = null, Consent = Consent.Withheld, YesIds = turn.State.YesIds.Remove(id) };
            Wishes.Forget(turn);
            Trips.Save(turn, null);
        }
        else if (turn.State.UnstoredOpening == id)
        {
            turn.State = turn.State with { UnstoredOpening = null, CameraAllowed = false, YesIds = turn.State.YesIds.Remove(id) };
            Trips.Save(turn, null);
        }
    }
}
