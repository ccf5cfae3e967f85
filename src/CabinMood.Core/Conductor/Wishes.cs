using CabinMood.Core.Moods;

namespace CabinMood.Core.Conductor;

/// <summary>The beginnings and ends of what music follows: the driver's wish first, else what the camera saw.</summary>
internal static class Wishes
{
    /// <summary>The driver's wish becomes the target.</summary>
    public static void Begin(Turn turn, ActiveOverride wish) =>
        turn.Retarget(turn.State with { Override = wish, SongsSilenced = false, WishIsOver = false });

    /// <summary>
    /// The wish is over: the target stays where it was, for its end is no reason to change the music in the middle of a
    /// phone call. What takes its place waits for the limiter like any other change.
    /// </summary>
    public static void End(Turn turn)
    {
        if (turn.State.Override is { } wish)
        {
            turn.State = turn.State with { Override = null, MoodTarget = wish.Mood, WishIsOver = true, FollowsFace = false };
        }
    }

    /// <summary>
    /// Forgets all that the camera told, the target that followed from it included: without consent no song may go
    /// on following a face, and no reason may go on telling of one.
    /// </summary>
    public static void Forget(Turn turn)
    {
        ForgetMood(turn);
        turn.State = turn.State with { MoodTarget = Mood.Neutral, PreviousTarget = Mood.Neutral, FollowsFace = false, WishIsOver = false };
    }

    /// <summary>Forgets the mood and all that it was learned from. The only place that does.</summary>
    public static void ForgetMood(Turn turn) =>
        turn.State = turn.State with { Mood = MoodEstimate.NoneSince(turn.Now), TenseSince = null };
}
