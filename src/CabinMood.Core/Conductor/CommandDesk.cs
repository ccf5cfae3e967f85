using System.Collections.Immutable;
using CabinMood.Core.Conductor.Commands;
using CabinMood.Core.Conductor.Effects;
using CabinMood.Core.Conductor.Events;
using CabinMood.Core.Conductor.Publications;
using CabinMood.Core.Moods;
using CabinMood.Core.Songs;

namespace CabinMood.Core.Conductor;

/// <summary>
/// Obeys the driver. Every command gets an answer: at once where it stores nothing, after the commit where it does.
/// </summary>
internal sealed class CommandDesk(ConductorOptions options, SongDesk songs)
{
    /// <summary>The error of a command that was meant for another trip.</summary>
    public const string Expired = "expired";

    public void Obey(Turn turn, Command command)
    {
        // Closing must never wait for anything, not even for the question whether it was heard before.
        var isClosing = command is SetConsent { Granted: false } or SetCamera { On: false };
        if (turn.State.Ledger.TryFind(command.Id, out var outcome) && !isClosing)
        {
            if (outcome is not null)
            {
                turn.Publish(outcome with { Utc = turn.At.Utc });
            }

            return;
        }

        turn.State = turn.State with { Ledger = turn.State.Ledger.With(command.Id, null) };
        switch (command)
        {
            case OverrideMood wish:
                Override(turn, wish);
                break;
            case OverrideButton button:
                Press(turn, button);
                break;
            case ClearOverride clear:
                turn.State = turn.State with { Override = null };
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
            default:
                Answer(turn, command.Id, $"CabinMood does not know {command.GetType().Name}");
                break;
        }
    }

    /// <summary>Answers a command whose rows are on disk, or could not be written.</summary>
    public static void Finish(Turn turn, CommandCommitted committed) => Answer(turn, committed.CommandId, committed.Error);

    /// <summary>Answers, and remembers the answer; an error is forgotten so that the head unit may try again with the same id.</summary>
    private static void Answer(Turn turn, string id, string? error)
    {
        var reply = new ReplyPublication(turn.At.Utc, id, error is null ? ReplyStatus.Ok : ReplyStatus.Error, error);
        turn.State = turn.State with
        {
            Ledger = error is null ? turn.State.Ledger.With(id, reply) : turn.State.Ledger.Without(id),
        };
        turn.Publish(reply);
    }

    private void Override(Turn turn, OverrideMood wish)
    {
        if (!IsThisTrip(turn, wish.Trip))
        {
            Answer(turn, wish.Id, Expired);
            return;
        }

        var superseded = turn.State.Override;
        var until = wish.Span.Kind == OverrideSpanKind.Duration ? turn.Now + wish.Span.Duration : default;
        Retarget(turn, wish.Mood);
        turn.State = turn.State with
        {
            Override = new ActiveOverride(wish.Id, wish.Mood, wish.Span.Kind, until),
            SongsSilenced = false,
        };
        songs.PlayNow(turn, $"You asked for {Words.Of(wish.Mood)}.");
        if (superseded is not null && superseded.CommandId != wish.Id)
        {
            Supersede(turn, superseded.CommandId);
        }

        Trips.Save(turn, wish.Id);
    }

    private void Press(Turn turn, OverrideButton button)
    {
        if (!IsThisTrip(turn, button.Trip))
        {
            Answer(turn, button.Id, Expired);
            return;
        }

        switch (button.Action)
        {
            case OverrideAction.Next:
                turn.State = turn.State with { SongsSilenced = false };
                songs.PlayNow(turn, "You asked for another song.");
                break;
            case OverrideAction.PreviousTarget:
                var wanted = turn.State.PreviousTarget;
                if (turn.State.Override is { } superseded)
                {
                    Supersede(turn, superseded.CommandId);
                }

                Retarget(turn, wanted);
                turn.State = turn.State with
                {
                    Override = new ActiveOverride(button.Id, wanted, OverrideSpanKind.Trip, default),
                    SongsSilenced = false,
                };
                songs.PlayNow(turn, $"Back to {Words.Of(wanted)}, as you asked.");
                break;
            case OverrideAction.Auto:
                var wasSilenced = turn.State.SongsSilenced;
                turn.State = turn.State with { Override = null, SongsSilenced = false };
                if (wasSilenced)
                {
                    songs.PlayNow(turn, "CabinMood chooses again.");
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
        var choice = turn.State.RecentChoices.Find(recent => recent.ChoiceId == feedback.ChoiceId);
        if (choice is null)
        {
            Answer(turn, feedback.Id, $"no recent choice has the id '{feedback.ChoiceId}'");
            return;
        }

        // A skip is about the song, not about the mood: the next one comes at once, without limit, for the same target.
        if (feedback.Kind == FeedbackKind.Skip && turn.State.Playing?.Publication.ChoiceId == feedback.ChoiceId)
        {
            songs.PlayNow(turn, "You skipped the last one.");
        }

        turn.Effects.Add(new SaveFeedback(new FeedbackRow(
            feedback.Id, turn.At.Utc, feedback.Source, feedback.Kind, feedback.ChoiceId, choice.Song.Id)));
    }

    private void Consent(Turn turn, SetConsent command)
    {
        if (!command.Granted)
        {
            turn.State = turn.State with { Consent = Safety.Consent.Withdrawn, Mood = MoodEstimate.None };
            Trips.Save(turn, command.Id);
            return;
        }

        if (options.Limiter.Commercial)
        {
            Answer(turn, command.Id, "the commercial profile allows no emotion inference");
            return;
        }

        if (!IsThisTrip(turn, command.Trip))
        {
            Answer(turn, command.Id, Expired);
            return;
        }

        // The face that must be there within NewDriverSeconds is looked for from now on.
        turn.State = turn.State with { Consent = Safety.Consent.Granted, DesertedSince = null };
        Trips.Save(turn, command.Id);
    }

    private static void Camera(Turn turn, SetCamera command)
    {
        if (command.On && !IsThisTrip(turn, command.Trip))
        {
            Answer(turn, command.Id, Expired);
            return;
        }

        turn.State = turn.State with
        {
            CameraAllowed = command.On,
            Mood = command.On ? turn.State.Mood : MoodEstimate.None,
        };
        Trips.Save(turn, command.Id);
    }

    private static void Erase(Turn turn, EraseDriver erase)
    {
        turn.State = turn.State with
        {
            Driver = DriverSettings.Default,
            Mood = MoodEstimate.None,
            RecentSongIds = [],
            RecentChoices = ImmutableList<SongPublication>.Empty,
        };
        turn.Effects.Add(new EraseDriverData(erase.Id));
    }

    private static void SaveDriver(Turn turn, DriverSettings settings, string id)
    {
        turn.State = turn.State with { Driver = settings };
        turn.Effects.Add(new SaveDriver(settings, id));
    }

    private static void Retarget(Turn turn, Mood mood)
    {
        if (turn.State.Target != mood)
        {
            turn.State = turn.State with { PreviousTarget = turn.State.Target, Target = mood };
        }
    }

    private static void Supersede(Turn turn, string id) =>
        turn.Publish(new ReplyPublication(turn.At.Utc, id, ReplyStatus.Superseded));

    private static bool IsThisTrip(Turn turn, string? trip) => trip?.Length > 0 && trip == turn.State.Trip;
}
