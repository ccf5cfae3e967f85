using System.Collections.Immutable;
using System.Globalization;
using CabinMood.Core.Conductor.Commands;
using CabinMood.Core.Conductor.Publications;
using CabinMood.Core.Moods;
using CabinMood.Core.Safety;
using CabinMood.Core.Songs;
using CabinMood.Core.Songs.Learning;

namespace CabinMood.Core.Conductor;

/// <summary>
/// Which song plays when. Tracks always follow one another; the mood may only turn the target, and only at the
/// boundary between two tracks and when the limiter is open.
/// </summary>
internal sealed class SongDesk(ConductorOptions options, SongChooser chooser, SafetyLimiter limiter)
{
    // The head unit gets the next choice a little before the track ends, so that no gap is heard.
    private static readonly TimeSpan Lead = TimeSpan.FromSeconds(1);

    // However the player reports, a choice is left alone this long: a player that cannot open tracks, or tracks of no
    // length, must not make songs rush past.
    private static readonly TimeSpan LeastPlay = TimeSpan.FromSeconds(2);

    // A track that stops with this much left was stopped by somebody, it did not end.
    private static readonly TimeSpan NearEnd = TimeSpan.FromSeconds(5);

    // Novelty looks back this far; what is older counts as new.
    private const int HistoryKept = 500;

    // Feedback may come late: like for the song before the last ones still finds its song.
    private const int ChoicesKept = 50;

    /// <summary>Plays the first song of a trip that the ignition began. One that flaps must not make songs rush past.</summary>
    public void Begin(Turn turn)
    {
        if (turn.State.Playing is { } last && turn.Now - last.ChosenAt < LeastPlay)
        {
            turn.State = turn.State with { Playing = last with { EndsAt = turn.Now } };
            return;
        }

        PlayNow(turn, Words.Beginning(turn.State.Target));
    }

    /// <summary>Chooses at once, for the current target: at a start, after an override, a skip or a button.</summary>
    public void PlayNow(Turn turn, string text) => turn.Publish(Choose(turn, text, null));

    // With a song that was prepared, that one is played if the rules still let it.
    private SongPublication Choose(Turn turn, string text, Song? prepared)
    {
        var state = turn.State;
        var mood = Audible(turn);
        var request = new SongRequest(
            mood,
            state.Driver.Style,
            state.Driver.Taste,
            !state.Vehicle.IsStanding(turn.Now, options.Vehicle),
            limiter.IsTired(state.Vehicle),
            state.Override is not null,
            state.Listening.History,
            turn.Draw())
        {
            Now = turn.Now,
            Daypart = ListeningContext.DaypartAt(turn.At.Utc),
            Learned = state.Listening.Learned,
            PreparedSongId = prepared?.Id,
        };
        var choice = chooser.Choose(request);
        state = turn.State;
        var publication = new SongPublication(
            turn.At.Utc,
            string.Create(CultureInfo.InvariantCulture, $"{state.Run}-{state.Choices + 1}"),
            choice.Song,
            chooser.GainDbFor(choice.Song),
            new SongReason(mood, state.Driver.Style, choice.Target.Valence, choice.Target.Energy, Words.With(text, choice.Ground)),
            choice.Next);
        turn.State = state with
        {
            Choices = state.Choices + 1,
            Playing = new NowPlaying(publication, turn.Now, turn.Now + TimeSpan.FromMilliseconds(choice.Song.LengthMs), false, state.FollowsFace && state.Override is null, state.Override is not null, mood),
            Listening = state.Listening with
            {
                History = Keep(state.Listening.History, new Play(choice.Song.Id, turn.Now), Math.Max(HistoryKept, options.Songs.NoRepeatSongs + 1)),
            },
            RecentChoices = Keep(state.RecentChoices, publication, ChoicesKept),
        };
        return publication;
    }

    // A target that would put a tired driver to sleep is passed over unless the driver asked for it.
    private Mood Audible(Turn turn)
    {
        var state = turn.State;
        return state.Override is null && SafetyLimiter.IsSoporific(state.Target) && limiter.IsTired(state.Vehicle) ? Mood.Neutral : state.Target;
    }

    /// <summary>Listens to the player: a track that ends brings the next one.</summary>
    public static void Hear(Turn turn, PlayerReport report)
    {
        if (report.Source == PlayerSource.Other)
        {
            // The driver put on something else. That is an answer too: stay silent until asked.
            // A report that it has stopped is no such answer.
            if (report.State != PlayerState.Stopped && !turn.State.SongsSilenced)
            {
                turn.State = turn.State with { SongsSilenced = true };
                EndSongWish(turn);
                // A restart must not play over it either.
                Trips.Save(turn, null);
            }

            return;
        }

        if (turn.State.Playing is not { } playing || report.ChoiceId != playing.Publication.ChoiceId)
        {
            // A report about an earlier choice: the player has not caught up yet.
            return;
        }

        var left = report.RemainingMs is { } remaining
            ? TimeSpan.FromMilliseconds(Math.Clamp(remaining, 0, int.MaxValue))
            : TimeSpan.FromMilliseconds(playing.Publication.Song.LengthMs - Math.Clamp(report.PositionMs ?? 0, 0, playing.Publication.Song.LengthMs));
        TimeSpan? ends = report.State switch
        {
            PlayerState.Playing => turn.Now + left,
            PlayerState.Stopped when HasEnded() => turn.Now,
            _ => null,
        };
        bool HasEnded() => report is { RemainingMs: null, PositionMs: null } || left <= NearEnd || playing.EndsAt - turn.Now <= NearEnd;
        turn.State = turn.State with { Playing = playing with { EndsAt = ends, HasPlayerWord = true } };
    }

    /// <summary>At a track's end: asks the limiter whether the mood may turn the target, then plays on.</summary>
    public void Continue(Turn turn)
    {
        var state = turn.State;
        if (!state.MayPlay || state.Playing is not { EndsAt: { } ends } playing || turn.Now - playing.ChosenAt < LeastPlay)
        {
            return;
        }

        if (turn.Now < ends - Lead)
        {
            if (IsTenseForLong(turn))
            {
                TryFollow(turn, isCalming: true);
            }

            return;
        }

        EndSongWish(turn);
        if (!TryFollow(turn, isCalming: false) && !TryEndWish(turn))
        {
            turn.Publish(Choose(turn, Succession(turn, playing), Prepared(turn)));
        }
    }

    // What was announced is what comes, unless something has changed since.
    private Song? Prepared(Turn turn)
    {
        var announced = turn.State.Playing!.Publication;
        return announced.Next.Count > 0 && announced.Why.Mood == Audible(turn) && announced.Why.Style == turn.State.Driver.Style
            ? announced.Next[0]
            : null;
    }

    // What to say of a song that follows the last one while the target stays. "The same" is what was heard, not what was
    // aimed at: a tired driver is spared what is sleepy, and a withdrawal takes the target back to neutral.
    private string Succession(Turn turn, NowPlaying last)
    {
        var state = turn.State;
        var mood = Audible(turn);
        var words = Words.Of(mood);
        return state switch
        {
            { Override: not null } => $"Still what you asked for: {words}.",
            _ when mood != state.Target => $"You are tired, so nothing sleepy: {words}.",
            { WishIsOver: true } when last.FollowsWish => $"Your wish is over; more of the same for now: {words}.",
            _ => last.Mood == mood ? $"More of the same: {words}." : $"From here on: {words}.",
        };
    }

    // The one place where a wish that is over loses its hold on the target without a mood in its place.
    private bool TryEndWish(Turn turn)
    {
        var state = turn.State;
        if (!state.WishIsOver || !limiter.MayEndWish(Question(turn, mayChangeNow: true)))
        {
            return false;
        }

        // No mood drove this, so the hour's budget does not count it; the music has changed, so the interval runs anew.
        turn.Retarget(state with { MoodTarget = Mood.Neutral, WishIsOver = false, Changes = state.Changes.RestartedAt(turn.Now) });
        PlayNow(turn, $"Your wish is over; here is {Words.Of(Mood.Neutral)}.");
        return true;
    }

    // The one place where a mood turns the target.
    private bool TryFollow(Turn turn, bool isCalming)
    {
        var state = turn.State;
        var mood = state.Mood.Mood;
        if (mood == Mood.Unknown || mood == state.Target && !state.WishIsOver || Verdict(turn, mayChangeNow: true).Hold is not null)
        {
            return false;
        }

        turn.Retarget(state with
        {
            MoodTarget = mood,
            FollowsFace = true,
            WishIsOver = false,
            HasCalmed = state.HasCalmed || isCalming,
            Changes = state.Changes.Add(turn.Now),
        });
        LessonDesk.MoodTurned(turn);
        var seen = string.Create(CultureInfo.InvariantCulture, $"ou looked {Words.Seen(mood)} for {Math.Round(state.Mood.SupportingSeconds)} s");
        PlayNow(turn, state.WishIsOver ? $"Your wish is over; y{seen}: {Words.Of(mood)}." : $"Y{seen}, so here is {Words.Of(mood)}.");
        // The hour's budget, and a calming's once a trip, outlast a restart.
        Trips.Save(turn, null);
        return true;
    }

    // Abrupt calming: tense for sure and for long, once a trip.
    private bool IsTenseForLong(Turn turn) =>
        turn.State is { HasCalmed: false, TenseSince: { } since }
        && (turn.Now - since).TotalSeconds >= options.Limiter.AbruptCalmingSeconds;

    /// <summary>
    /// Once what the camera saw is to be forgotten, the reason of the song that plays must not go on telling it: the
    /// song topic is retained.
    /// </summary>
    public void Reword(Turn turn)
    {
        var state = turn.State;
        if (state.FollowsFace || state.Playing is not { FollowsFace: true } playing)
        {
            return;
        }

        var target = options.Songs.TargetFor(Mood.Neutral, state.Driver.Style);
        var told = playing.Publication;
        var reworded = told with
        {
            Utc = turn.At.Utc,
            Why = new SongReason(Mood.Neutral, state.Driver.Style, target.Valence, target.Energy, "Playing on; why it was chosen is forgotten."),
        };
        turn.State = state with
        {
            Playing = playing with { Publication = reworded, FollowsFace = false, Mood = null },
            RecentChoices = state.RecentChoices.ConvertAll(choice => choice.ChoiceId == told.ChoiceId ? reworded : choice),
        };
        // While the driver plays something else, or no trip runs, not even the same song may be told again.
        turn.Publish(state.MayPlay ? reworded : new SongForgotten(turn.At.Utc));
    }

    /// <summary>What the limiter says now.</summary>
    public LimiterVerdict Verdict(Turn turn, bool mayChangeNow) => limiter.Judge(Question(turn, mayChangeNow));

    private static LimiterQuestion Question(Turn turn, bool mayChangeNow)
    {
        var state = turn.State;
        return new LimiterQuestion(
            turn.Now,
            state.Trip.Length > 0 ? state.Consent : Consent.Withheld,
            state.CameraAllowed,
            state.Override is not null,
            state.Vehicle,
            state.Mood,
            state.Target,
            state.Changes,
            mayChangeNow)
        {
            OverrideUntil = state.Override is { Kind: OverrideSpanKind.Duration } wish ? wish.Until : null,
            // What the player plays instead of us, and a track that has ended already, have no boundary to wait for.
            TrackEndsAt = state is { MayPlay: true, Playing.EndsAt: { } ends } && ends > turn.Now ? ends : null,
        };
    }

    private static void EndSongWish(Turn turn)
    {
        if (turn.State.Override is { Kind: OverrideSpanKind.Song })
        {
            Wishes.End(turn);
        }
    }

    private static ImmutableList<T> Keep<T>(ImmutableList<T> list, T item, int most)
    {
        var longer = list.Add(item);
        return longer.Count > most ? longer.RemoveAt(0) : longer;
    }
}
