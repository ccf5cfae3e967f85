using CabinMood.Core.Moods;

namespace CabinMood.Core.Conductor;

/// <summary>The beginnings and ends of what music follows: the driver's wish first, else what the camera saw.</summary>
internal static class Wishes
{
    /// <summary>The driver's wish becomes the target.</summary>
    public static void Begin(Turn turn, ActiveOverride wish) =>
        turn.Retarget(turn.State with { Override = wish, SongsSilenced = false });

    /// <summary>The wish is over: the target goes back to what it was without it, and the next track follows.</summary>
    public static void End(Turn turn) => turn.Retarget(turn.State with { Override = null });

    /// <summary>
    /// Forgets all that the camera told, the target that followed from it included: without consent no song may go
    /// on following a face, and no reason may go on telling of one.
    /// </summary>
    public static void Forget(Turn turn)
    {
        ForgetMood(turn);
        turn.State = turn.State with { MoodTarget = Mood.Neutral, PreviousTarget = Mood.Neutral, FollowsFace = false };
    }

    /// <summary>Forgets the mood and all that it was learned from. The only place that does.</summary>
    public static void ForgetMood(Turn turn) =>
        turn.State = turn.State with { Mood = MoodEstimate.NoneSince(turn.Now), TenseSince = null };
}
