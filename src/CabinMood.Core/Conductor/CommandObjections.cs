using CabinMood.Core.Conductor.Commands;
using CabinMood.Core.Moods;
using CabinMood.Core.Safety;

namespace CabinMood.Core.Conductor;

/// <summary>
/// Why a command cannot be obeyed now, in the words of the reply that its sender gets.
/// </summary>
internal sealed class CommandObjections(LimiterOptions limiter)
{
    /// <summary>The error of a command that was meant for another trip.</summary>
    public const string Expired = "expired";

    /// <summary>The error of an id under which something else was asked before.</summary>
    public const string OtherCommand = "another command had this id; use a new one";

    /// <summary>The error of a yes that was heard before a no.</summary>
    public const string TakenBack = "this was taken back since; ask with a new id";

    /// <summary>The error of a yes beyond what a trip can remember.</summary>
    public const string TooManyYes = "consent or the camera was granted too often in this trip";

    // Every one is stored with the trip; nobody agrees this often in one.
    private const int MostYesIds = 200;

    /// <summary>The objection to a command that is new; null where there is none.</summary>
    public string? To(Command command, ConductorState state) => command switch
    {
        SetConsent or SetCamera when limiter.IsCommercial => "the commercial profile allows no emotion inference",
        _ when ToLate(command, state) is { } refusal => refusal,
        SetConsent or SetCamera when state.YesIds.Count >= MostYesIds => TooManyYes,
        OverrideMood { Mood: Mood.Unknown } => "an override must name a mood",
        OverrideMood { Span: { Kind: OverrideSpanKind.Duration } span } when span.Duration <= TimeSpan.Zero => "an override must last longer than nothing",
        SetStyle or SetTaste when state.UnstoredDriver is not null => "the last style or taste is still being stored; try again",
        GiveFeedback feedback when state.RecentChoices.Find(choice => choice.ChoiceId == feedback.ChoiceId) is null =>
            $"no recent choice has the id '{feedback.ChoiceId}'",
        SetConsent or SetCamera or OverrideMood or OverrideButton or ClearOverride or GiveFeedback or SetStyle or SetTaste or EraseDriver => null,
        _ => $"CabinMood does not know {command.GetType().Name}",
    };

    /// <summary>
    /// The objection to a command, new or repeated, whose time is over, whatever was answered to it then; null where there
    /// is none. What names a trip counts in it: a wish that was obeyed in the last one holds no more. A yes to consent or
    /// camera counts once too: after a no or another driver, its id opens nothing more.
    /// </summary>
    public static string? ToLate(Command command, ConductorState state) => command switch
    {
        OverrideMood { Trip: var trip } when !IsThisTrip(state, trip) => Expired,
        OverrideButton { Trip: var trip } when !IsThisTrip(state, trip) => Expired,
        SetConsent { Granted: true, Trip: var trip } when !IsThisTrip(state, trip) => Expired,
        SetCamera { On: true, Trip: var trip } when !IsThisTrip(state, trip) => Expired,
        SetConsent { Granted: true } when state.Consent != Consent.Granted && state.YesIds.Contains(command.Id) => TakenBack,
        SetCamera { On: true } when !state.CameraAllowed && state.YesIds.Contains(command.Id) => TakenBack,
        _ => null,
    };

    private static bool IsThisTrip(ConductorState state, string? trip) => trip?.Length > 0 && trip == state.Trip;
}
