using System.Collections.Immutable;
using CabinMood.Core.Conductor.Commands;
using CabinMood.Core.Conductor.Effects;
using CabinMood.Core.Conductor.Publications;
using CabinMood.Core.Songs;

namespace CabinMood.Core.Conductor;

/// <summary>
/// Obeys the driver. Every command gets an answer: at once where it is refused, after its commit where it is obeyed. That it
/// was obeyed is stored in the same commit as what it led to, and no song and no reply goes ahead of that: so a crash
/// leaves a command done and known, or neither, and one that comes again acts once.
/// </summary>
internal sealed class CommandDesk(ConductorOptions options, SongDesk songs)
{
    private readonly CommandObjections _objections = new(options.Limiter);

    public void Obey(Turn turn, Command command)
    {
        // Closing must never wait for anything, not even for the question whether it was heard before.
        var isClosing = command is SetConsent { Granted: false } or SetCamera { On: false };
        if (!isClosing && !MayBegin(turn, command))
        {
            return;
        }

        turn.State = turn.State with { Ledger = turn.State.Ledger.With(command.Id, LedgerEntry.Waiting(command)) };
        Trips.HearFromDriver(turn);
        switch (command)
        {
            case OverrideMood wish:
                Override(turn, wish);
                break;
            case OverrideButton button:
                Press(turn, button);
                break;
            case ClearOverride clear:
                Wishes.End(turn);
                Save(turn, clear.Id);
                break;
            case GiveFeedback feedback:
                Take(turn, feedback);
                break;
            case SetStyle style:
                SaveDriver(turn, turn.State.Driver with { Style = style.Style }, style.Id);
                break;
            case SetTaste taste:
                SaveDriver(turn, turn.State.Driver with { Taste = new Taste(taste.Artists, taste.Languages, taste.ExcludeArtists) }, taste.Id);
                break;
            case SetConsent consent:
                Consent(turn, consent);
                break;
            case SetCamera camera:
                Camera(turn, camera);
                break;
            case EraseDriver erase:
                Erase(turn, erase);
                break;
        }
    }

    // Whether a command is new, within the rate limit and possible now. If not, it has been answered, and nothing is
    // remembered of it: a flood of bad commands must not push the good ones out of the ledger.
    private bool MayBegin(Turn turn, Command command)
    {
        if (turn.State.Ledger.TryFind(command.Id, out var entry))
        {
            Repeat(turn, command, entry);
            return false;
        }

        var objection = TryTakeToken(turn) ? _objections.To(command, turn.State) : ReplyErrors.TooMany;
        if (objection is not null)
        {
            turn.Reply(command.Id, ReplyStatus.Error, objection);
        }

        return objection is null;
    }

    // A command whose id was obeyed before, in this run or an earlier one.
    private void Repeat(Turn turn, Command command, LedgerEntry entry)
    {
        var objection = entry.IsOf(command) ? CommandObjections.ToLate(command, turn.State) : CommandObjections.OtherCommand;
        if (objection is null && entry.Stage == LedgerStage.Unstored)
        {
            objection = TryTakeToken(turn) ? null : ReplyErrors.TooMany;
        }

        if (objection is not null)
        {
            turn.Reply(command.Id, ReplyStatus.Error, objection);
        }
        else if (entry.Stage == LedgerStage.Unstored)
        {
            // The driver has heard it already: only the disk is asked once more.
            turn.State = turn.State with { Ledger = turn.State.Ledger.With(command.Id, entry with { Stage = LedgerStage.Waiting }) };
            Save(turn, command.Id);
        }
        else if (entry.Stage == LedgerStage.Answered)
        {
            turn.Reply(command.Id, entry.Outcome);
        }
    }

    private bool TryTakeToken(Turn turn)
    {
        var isFree = turn.State.CommandTokens.TryTake(turn.Now, options.Commands.PerSecond, out var rest);
        turn.State = turn.State with { CommandTokens = rest };
        return isFree;
    }

    private static ConductorState WithYes(ConductorState state, string id) =>
        state.YesIds.Contains(id) ? state : state with { YesIds = state.YesIds.Add(id) };

    private void Override(Turn turn, OverrideMood wish)
    {
        var until = wish.Span.Kind == OverrideSpanKind.Duration ? Later(turn.Now, wish.Span.Duration) : default;
        Begin(turn, new ActiveOverride(wish.Id, wish.Mood, wish.Span.Kind, until), $"You asked for {Words.Of(wish.Mood)}.");
    }

    private void Press(Turn turn, OverrideButton button)
    {
        switch (button.Action)
        {
            case OverrideAction.Next:
                turn.State = turn.State with { SongsSilenced = false };
                Save(turn, button.Id);
                songs.PlayNow(turn, "You asked for another song.");
                break;
            case OverrideAction.PreviousTarget:
                var wanted = turn.State.PreviousTarget;
                Begin(turn, new ActiveOverride(button.Id, wanted, OverrideSpanKind.Trip, default), $"Back to {Words.Of(wanted)}, as you asked.");
                break;
            case OverrideAction.Auto:
                var wasSilenced = turn.State.SongsSilenced;
                Wishes.End(turn);
                turn.State = turn.State with { SongsSilenced = false };
                Save(turn, button.Id);
                if (wasSilenced)
                {
                    songs.PlayNow(turn, "CabinMood chooses again.");
                }

                break;
            case OverrideAction.Stop:
                turn.State = turn.State with { SongsSilenced = true };
                Save(turn, button.Id);
                break;
        }
    }

    private void Begin(Turn turn, ActiveOverride wish, string text)
    {
        var (id, old) = (wish.CommandId, turn.State.Override?.CommandId);
        Wishes.Begin(turn, wish);
        LessonDesk.DriverTurned(turn);
        // The same command, delivered again after a restart that forgot its id, supersedes nobody.
        if (old is null || old == id)
        {
            Save(turn, id);
            songs.PlayNow(turn, text);
            return;
        }

        var isWaiting = turn.State.Ledger.TryFind(old, out var entry) && entry.Stage == LedgerStage.Waiting;
        var superseded = entry with { Stage = isWaiting ? LedgerStage.Waiting : LedgerStage.Answered, Outcome = ReplyStatus.Superseded };
        turn.State = turn.State with { Ledger = turn.State.Ledger.With(old, superseded) };
        Trips.Save(turn, id, turn.State.Ledger.Remembered(old), turn.State.Ledger.Remembered(id));
        songs.PlayNow(turn, text);
        if (!isWaiting)
        {
            turn.Reply(old, ReplyStatus.Superseded);
        }
    }

    private void Take(Turn turn, GiveFeedback feedback)
    {
        var choice = turn.State.RecentChoices.Find(recent => recent.ChoiceId == feedback.ChoiceId)!;
        // Learned from first, so that the song that comes next is chosen knowing it.
        LessonDesk.React(turn, feedback, choice);
        // A skip is about the song, not about the mood: the next one comes at once, without limit, for the same target.
        // While the driver plays something else, or no trip runs, nothing may come, not even this.
        var isCurrent = turn.State.Playing?.Publication.ChoiceId == feedback.ChoiceId;
        if (feedback.Kind == FeedbackKind.Skip && isCurrent && turn.State.MayPlay)
        {
            songs.PlayNow(turn, "You skipped the last one.");
        }
    }

    private static void Consent(Turn turn, SetConsent command)
    {
        if (command.Granted)
        {
            // The face that must be there within NewDriverSeconds is looked for from now on.
            turn.State = WithYes(turn.State, command.Id) with { Consent = Safety.Consent.Granted, UnstoredConsent = command.Id, DesertedSince = null };
        }
        else
        {
            turn.State = turn.State with { Consent = Safety.Consent.Withdrawn, UnstoredConsent = null };
            Wishes.Forget(turn);
        }

        SaveAnswer(turn, command.Id, command.Granted);
    }

    private static void Camera(Turn turn, SetCamera command)
    {
        turn.State = (command.On ? WithYes(turn.State, command.Id) : turn.State) with
        {
            CameraAllowed = command.On,
            UnstoredOpening = command.On ? command.Id : null,
        };
        SaveAnswer(turn, command.Id, command.On);
    }

    private static void Erase(Turn turn, EraseDriver erase)
    {
        turn.State = turn.State with
        {
            Driver = DriverSettings.Default,
            Listening = Listening.Nothing,
            UnstoredDriver = null,
            RecentChoices = ImmutableList<SongPublication>.Empty,
            // That something was asked under an id is still known: a taste that comes again must not come back.
            Ledger = turn.State.Ledger.WithoutContent().With(erase.Id, LedgerEntry.Waiting(erase)),
        };
        Wishes.Forget(turn);
        turn.Effects.Add(new EraseDriverData(erase.Id, turn.State.Ledger.Remembered(erase.Id)));
    }

    private static void SaveDriver(Turn turn, DriverSettings settings, string id)
    {
        turn.State = turn.State with { UnstoredDriver = new UnstoredSettings(id, settings) };
        turn.Effects.Add(new SaveDriver(settings, id, turn.State.Ledger.Remembered(id)));
    }

    private static void Save(Turn turn, string id) => Trips.Save(turn, id, turn.State.Ledger.Remembered(id));

    // A no acts whenever it comes, so nobody needs to know of it; that it is stored must hang on nothing else.
    private static void SaveAnswer(Turn turn, string id, bool isYes) =>
        Trips.Save(turn, id, isYes ? [turn.State.Ledger.Remembered(id)] : []);

    private static TimeSpan Later(TimeSpan now, TimeSpan span) => span > TimeSpan.MaxValue - now ? TimeSpan.MaxValue : now + span;
}
