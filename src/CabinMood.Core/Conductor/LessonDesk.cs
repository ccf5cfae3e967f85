using CabinMood.Core.Conductor.Commands;
using CabinMood.Core.Conductor.Effects;
using CabinMood.Core.Conductor.Publications;
using CabinMood.Core.Songs.Learning;

namespace CabinMood.Core.Conductor;

/// <summary>Learns from how the driver takes each choice.</summary>
internal static class LessonDesk
{
    /// <summary>A song played this long counts as heard.</summary>
    private static readonly TimeSpan HeardAfter = TimeSpan.FromSeconds(30);

    // Skip and wish this close together speak of one thing: the mood was wrong, not the song.
    private static readonly TimeSpan OneThought = TimeSpan.FromSeconds(10);

    /// <summary>What a skip counts that may have been about the mood.</summary>
    private const double DoubtfulShare = 0.2;

    /// <summary>A song that has played long enough without a word counts as heard, once.</summary>
    public static void Hear(Turn turn)
    {
        var state = turn.State;
        if (state.SongsSilenced || state.Playing is not { EndsAt: { } ends } playing
            || turn.Now - playing.ChosenAt < HeardAfter
            || state.Listening.Lessons.ContainsKey(playing.Publication.ChoiceId))
        {
            return;
        }

        var played = TimeSpan.FromMilliseconds(playing.Publication.Song.LengthMs) - (ends - turn.Now);
        if (played >= HeardAfter)
        {
            Learn(turn, playing.Publication, Reaction.Heard, 1);
            turn.Effects.Add(new SaveMemory(turn.State.Listening.Memory));
        }
    }

    /// <summary>The driver's word about a choice. Ends with the effect that stores it.</summary>
    public static void React(Turn turn, GiveFeedback feedback, SongPublication choice)
    {
        var before = turn.State.Listening.Lessons.GetValueOrDefault(choice.ChoiceId);
        var isSkip = feedback.Kind == FeedbackKind.Skip;
        var isDoubtful = isSkip && turn.State.Listening.TurnedAt is { } turned && turn.Now - turned <= OneThought;
        var lesson = Learn(turn, choice, ReactionOf(feedback.Kind, before is not null), isDoubtful ? DoubtfulShare : 1);
        var listening = turn.State.Listening;
        turn.State = turn.State with
        {
            Listening = listening with
            {
                Unstored = listening.Unstored.SetItem(feedback.Id, new UnstoredLesson(choice.ChoiceId, lesson, before)),
                SkippedChoice = isSkip && !isDoubtful ? choice.ChoiceId : listening.SkippedChoice,
                SkippedAt = isSkip ? turn.Now : listening.SkippedAt,
            },
        };
        turn.Effects.Add(new SaveFeedback(
            new FeedbackRow(feedback.Id, turn.At.Utc, feedback.Source, feedback.Kind, feedback.ChoiceId, choice.Song.Id),
            turn.State.Listening.Memory,
            turn.State.Ledger.Remembered(feedback.Id)));
    }

    /// <summary>A feedback is on disk, or could not be stored: then nothing was learned from it either.</summary>
    public static void Finish(Turn turn, string commandId, bool isStored)
    {
        var listening = turn.State.Listening;
        if (!listening.Unstored.TryGetValue(commandId, out var unstored))
        {
            return;
        }

        listening = listening with { Unstored = listening.Unstored.Remove(commandId) };
        var isLatest = listening.Lessons.TryGetValue(unstored.ChoiceId, out var latest) && ReferenceEquals(latest, unstored.Lesson);
        if (!isStored && isLatest)
        {
            var learned = listening.Learned.Without(unstored.Lesson);
            listening = listening with
            {
                Learned = unstored.Before is { } before ? learned.With(before) : learned,
                Lessons = unstored.Before is { } earlier
                    ? listening.Lessons.SetItem(unstored.ChoiceId, earlier)
                    : listening.Lessons.Remove(unstored.ChoiceId),
            };
        }

        turn.State = turn.State with { Listening = listening };
    }

    /// <summary>The mood has turned the target: a skip soon after may be about that.</summary>
    public static void MoodTurned(Turn turn) =>
        turn.State = turn.State with { Listening = turn.State.Listening with { TurnedAt = turn.Now } };

    /// <summary>The driver has turned the target: a skip just before was not about the song either.</summary>
    public static void DriverTurned(Turn turn)
    {
        MoodTurned(turn);
        var listening = turn.State.Listening;
        if (listening.SkippedChoice is not { } choice)
        {
            return;
        }

        listening = listening with { SkippedChoice = null };
        if (turn.Now - listening.SkippedAt <= OneThought && listening.Lessons.TryGetValue(choice, out var lesson))
        {
            var doubtful = lesson.Counting(DoubtfulShare);
            turn.State = turn.State with
            {
                Listening = listening with
                {
                    Learned = listening.Learned.Without(lesson).With(doubtful),
                    Lessons = listening.Lessons.SetItem(choice, doubtful),
                    Unstored = listening.Unstored.RemoveRange(listening.Unstored.Where(entry => entry.Value.ChoiceId == choice).Select(entry => entry.Key)),
                },
            };
            turn.Effects.Add(new SaveMemory(turn.State.Listening.Memory));
            return;
        }

        turn.State = turn.State with { Listening = listening };
    }

    private static Lesson Learn(Turn turn, SongPublication choice, Reaction reaction, double share)
    {
        var listening = turn.State.Listening;
        var learned = listening.Lessons.TryGetValue(choice.ChoiceId, out var before) ? listening.Learned.Without(before) : listening.Learned;
        var why = choice.Why;
        var context = new ListeningContext(
            why.Mood, why.Style, ListeningContext.DaypartAt(choice.Utc), new Core.Songs.TargetPoint(why.TargetValence, why.TargetEnergy));
        var lesson = learned.Learn(choice.Song, context, reaction, share);
        var recent = turn.State.RecentChoices;
        turn.State = turn.State with
        {
            Listening = listening with
            {
                Learned = learned.With(lesson),
                // Only of choices that feedback can still name.
                Lessons = listening.Lessons
                    .RemoveRange(listening.Lessons.Keys.Where(id => !recent.Exists(other => other.ChoiceId == id)))
                    .SetItem(choice.ChoiceId, lesson),
            },
        };
        return lesson;
    }

    private static Reaction ReactionOf(FeedbackKind kind, bool wasHeard) => kind switch
    {
        FeedbackKind.Like => Reaction.Like,
        FeedbackKind.Dislike => Reaction.Dislike,
        _ => wasHeard ? Reaction.LateSkip : Reaction.Skip,
    };
}
