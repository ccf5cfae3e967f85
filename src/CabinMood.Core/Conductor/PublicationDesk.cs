using CabinMood.Core.Conductor.Publications;
using CabinMood.Core.Faces;
using CabinMood.Core.Safety;

namespace CabinMood.Core.Conductor;

/// <summary>Compares what is with what was last told, and tells the difference.</summary>
internal sealed class PublicationDesk(ConductorOptions options, SongDesk songs)
{
    // A retained mood could end on the broker's disk; repeating it instead is what keeps late subscribers informed.
    private static readonly TimeSpan RepeatMoodEvery = TimeSpan.FromSeconds(5);

    // Doubt may come and go with every frame; nobody reads faster than this.
    private static readonly TimeSpan CalmLimiter = TimeSpan.FromSeconds(1);

    /// <summary>What people in the cabin must be told [EU AI Act, Art. 50(3)].</summary>
    private const string Notice =
        "An infra-red camera estimates the driver's mood to choose music. Off until you agree; pictures are never stored. To say no, withdraw consent or close the camera at any time.";

    private const string LogNotice = " For diagnosis, the numbers behind it are being recorded on this device until you have them erased.";

    /// <summary>Tells what is new.</summary>
    public void TellNews(Turn turn)
    {
        TellPrivacy(turn);
        TellLimiter(turn);
        TellMood(turn);
    }

    /// <summary>Tells everything once more: the broker has just answered.</summary>
    public void TellAll(Turn turn)
    {
        turn.State = turn.State with { Published = new LastPublished() };
        TellNews(turn);
        // While the driver plays something else, repeating our song would play over it; and what the broker still keeps, of
        // this run or of one before, may tell of a face that has been forgotten meanwhile.
        turn.Publish(turn.State is { Playing: { } playing, MayPlay: true } ? playing.Publication : new SongForgotten(turn.At.Utc));
    }

    private static void TellPrivacy(Turn turn)
    {
        var state = turn.State;
        var now = new PrivacyPublication(turn.At.Utc, state.CameraOn, state.Consent, state.Trip, state.EventLog, state.EventLog ? Notice + LogNotice : Notice);
        if (state.Published.Privacy is { } last && (last with { Utc = now.Utc }) == now)
        {
            return;
        }

        turn.State = state with { Published = state.Published with { Privacy = now } };
        turn.Publish(now);
    }

    private void TellLimiter(Turn turn)
    {
        var state = turn.State;
        var verdict = songs.Verdict(turn, mayChangeNow: false);
        var last = state.Published.Limiter;
        DateTimeOffset? until = verdict.Until is { } end ? turn.UtcOf(end) : null;
        if (last?.Reason == verdict.Hold && last?.Until >= turn.At.Utc && (last.Until - until)?.Duration() < TimeSpan.FromSeconds(1))
        {
            // The same hold: clocks drift apart, and players report, by less than anybody cares about.
            until = last.Until;
        }

        IReadOnlyList<VehicleSignal> stale = verdict.Hold == HoldReason.StaleSignal ? state.Vehicle.AllHolding(turn.Now, options.Vehicle) : [];
        var now = new LimiterPublication(turn.At.Utc, verdict.Hold, until, state.Changes.CountLastHour(turn.Now), HoldWords.Of(verdict, stale));
        if (last is not null && ((last with { Utc = now.Utc }) == now || !IsUrgent(last.Reason, now.Reason) && turn.Now - state.Published.LimiterAt < CalmLimiter))
        {
            return;
        }

        turn.State = state with { Published = state.Published with { Limiter = now, LimiterAt = turn.Now } };
        turn.Publish(now);
    }

    // A graver reason is told at once, and so is what follows the driver's own word; a lighter one may wait. So a signal
    // that flickers is told no more than twice a second.
    private static bool IsUrgent(HoldReason? told, HoldReason? now) =>
        now < (told ?? HoldReason.TrackBoundary + 1) || told <= HoldReason.CameraOff;

    private void TellMood(Turn turn)
    {
        var state = turn.State;
        var last = state.Published.Mood;
        var face = state.MayLook ? state.Face : FacePresence.Absent;
        var isNews = last is null || last.Mood != state.Mood.Mood || last.Face != face;
        if (!isNews && turn.Now - state.Published.MoodAt < RepeatMoodEvery)
        {
            return;
        }

        var mood = state.Mood;
        var now = new MoodPublication(
            turn.At.Utc,
            mood.Mood,
            mood.Valence,
            mood.Arousal,
            mood.Confidence,
            turn.UtcOf(mood.Since),
            face,
            options.PublishEmotions && mood.ReadAt is not null ? mood.Emotions : null);
        turn.State = state with { Published = state.Published with { Mood = now, MoodAt = turn.Now } };
        turn.Publish(now);
    }
}
