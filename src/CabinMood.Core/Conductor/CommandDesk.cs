using System.Collections.Immutable;
using CabinMood.Core.Conductor.Commands;
using CabinMood.Core.Conductor.Effects;
using CabinMood.Core.Conductor.Events;
using CabinMood.Core.Conductor.Publications;
using CabinMood.Core.Songs;

namespace CabinMood.Core.Conductor;

/// <summary>
/// Obeys the driver. Every command gets an answer: at once where it stores nothing, after the commit where it does.
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
                Trips.Save(turn, clear.Id);
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

    /// <summary>Answers a command whose rows are on disk, or could not be written.</summary>
    public static void Finish(Turn turn, CommandCommitted committed)
    {
        var id = committed.CommandId;
        LessonDesk.Finish(turn, id, committed.Error is null);
        if (!turn.State.Ledger.TryFind(id, out var entry) || entry.IsAnswered)
        {
            // Nobody waits for it.
            return;
        }

        if (committed.Error is { } error)
        {
            // Forgotten, so that the head unit may try again with the same id.
            turn.State = turn.State with { Ledger = turn.State.Ledger.Without(id) };
            var isInForce = !TryUndo(turn, id) && turn.State.UnstoredTrip == id;
            Refuse(turn, id, isInForce ? $"done, but a restart would forget it: {error}" : error);
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
        var done = new ReplyPublication(turn.At.Utc, id, ReplyStatus.Ok);
        turn.Publish(done);
        if (entry.Outcome is { } superseded)
        {
            // Superseded while it waited for the disk: that is its second reply, after the first.
            turn.Publish(superseded with { Utc = turn.At.Utc });
        }

        turn.State = turn.State with { Ledger = turn.State.Ledger.With(id, entry with { IsAnswered = true, Outcome = entry.Outcome ?? done }) };
    }

    // Whether a command is new, within the rate limit and possible now. If not, it has been answered, and nothing is
    // remembered of it: a flood of bad commands must not push the good ones out of the ledger.
    private bool MayBegin(Turn turn, Command command)
    {
        if (turn.State.Ledger.TryFind(command.Id, out var entry))
        {
            if (!entry.IsOf(command))
            {
                Refuse(turn, command.Id, CommandObjections.OtherCommand);
            }
            else if (CommandObjections.ToYes(command, turn.State) is { } refusal)
            {
                // What was granted once is not granted now, whatever was answered then.
                Refuse(turn, command.Id, refusal);
            }
            else if (entry is { IsAnswered: true, Outcome: { } outcome })
            {
                turn.Publish(outcome with { Utc = turn.At.Utc });
            }

            return false;
        }

        var isFree = turn.State.CommandTokens.TryTake(turn.Now, options.Commands.PerSecond, out var rest);
        turn.State = turn.State with { CommandTokens = rest };
        var objection = isFree ? _objections.To(command, turn.State) : ReplyErrors.TooMany;
        if (objection is not null)
        {
            Refuse(turn, command.Id, objection);
        }

        return objection is null;
    }

    private static ConductorState WithYes(ConductorState state, string id) =>
        state.YesIds.Contains(id) ? state : state with { YesIds = state.YesIds.Add(id) };

    // What the driver was told to be refused must not be in force. A wish for music stays, since it has already been
    // heard, and so does every no.
    private static bool TryUndo(Turn turn, string id)
    {
        if (turn.State.UnstoredDriver?.CommandId == id)
        {
            turn.State = turn.State with { UnstoredDriver = null };
            return true;
        }

        if (turn.State.UnstoredConsent == id)
        {
            turn.State = turn.State with { UnstoredConsent = null, Consent = Safety.Consent.Withheld, YesIds = turn.State.YesIds.Remove(id) };
            Wishes.Forget(turn);
            Trips.Save(turn, null);
            return true;
        }

        if (turn.State.UnstoredOpening == id)
        {
            turn.State = turn.State with { UnstoredOpening = null, CameraAllowed = false, YesIds = turn.State.YesIds.Remove(id) };
            Trips.Save(turn, null);
            return true;
        }

        return false;
    }

    private static void Refuse(Turn turn, string id, string error) =>
        turn.Publish(new ReplyPublication(turn.At.Utc, id, ReplyStatus.Error, error));

    private void Override(Turn turn, OverrideMood wish)
    {
        var superseded = turn.State.Override;
        var until = wish.Span.Kind == OverrideSpanKind.Duration ? Later(turn.Now, wish.Span.Duration) : default;
        Wishes.Begin(turn, new ActiveOverride(wish.Id, wish.Mood, wish.Span.Kind, until));
        LessonDesk.DriverTurned(turn);
        songs.PlayFirst(turn, $"You asked for {Words.Of(wish.Mood)}.");
        Supersede(turn, superseded, wish.Id);
        Trips.Save(turn, wish.Id);
    }

    private void Press(Turn turn, OverrideButton button)
    {
        switch (button.Action)
        {
            case OverrideAction.Next:
                turn.State = turn.State with { SongsSilenced = false };
                songs.PlayFirst(turn, "You asked for another song.");
                break;
            case OverrideAction.PreviousTarget:
                var superseded = turn.State.Override;
                var wanted = turn.State.PreviousTarget;
                Wishes.Begin(turn, new ActiveOverride(button.Id, wanted, OverrideSpanKind.Trip, default));
                LessonDesk.DriverTurned(turn);
                songs.PlayFirst(turn, $"Back to {Words.Of(wanted)}, as you asked.");
                Supersede(turn, superseded, button.Id);
                break;
            case OverrideAction.Auto:
                var wasSilenced = turn.State.SongsSilenced;
                Wishes.End(turn);
                turn.State = turn.State with { SongsSilenced = false };
                if (wasSilenced)
                {
                    songs.PlayFirst(turn, "CabinMood chooses again.");
                }

                break;
            case OverrideAction.Stop:
                turn.State = turn.State with { SongsSilenced = true };
                break;
        }

        Trips.Save(turn, button.Id);
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
            songs.PlayFirst(turn, "You skipped the last one.");
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

        Trips.Save(turn, command.Id);
    }

    private static void Camera(Turn turn, SetCamera command)
    {
        turn.State = (command.On ? WithYes(turn.State, command.Id) : turn.State) with
        {
            CameraAllowed = command.On,
            UnstoredOpening = command.On ? command.Id : null,
        };
        Trips.Save(turn, command.Id);
    }

    private static void Erase(Turn turn, EraseDriver erase)
    {
        turn.State = turn.State with
        {
            Driver = DriverSettings.Default,
            Listening = Listening.Nothing,
            UnstoredDriver = null,
            RecentChoices = ImmutableList<SongPublication>.Empty,
        };
        Wishes.Forget(turn);
        turn.Effects.Add(new EraseDriverData(erase.Id));
    }

    private static void SaveDriver(Turn turn, DriverSettings settings, string id)
    {
        turn.State = turn.State with { UnstoredDriver = new UnstoredSettings(id, settings) };
        turn.Effects.Add(new SaveDriver(settings, id));
    }

    private static void Supersede(Turn turn, ActiveOverride? old, string id)
    {
        // The same command, delivered again after a restart that forgot its id, supersedes nobody.
        if (old is null || old.CommandId == id)
        {
            return;
        }

        var reply = new ReplyPublication(turn.At.Utc, old.CommandId, ReplyStatus.Superseded);
        var isWaiting = turn.State.Ledger.TryFind(old.CommandId, out var entry) && !entry.IsAnswered;
        turn.State = turn.State with { Ledger = turn.State.Ledger.With(old.CommandId, new LedgerEntry(!isWaiting, reply, entry.Command)) };
        if (!isWaiting)
        {
            turn.Publish(reply);
        }
    }

    private static TimeSpan Later(TimeSpan now, TimeSpan span) => span > TimeSpan.MaxValue - now ? TimeSpan.MaxValue : now + span;
}
