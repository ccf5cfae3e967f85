using CabinMood.Core.Conductor;
using CabinMood.Core.Conductor.Commands;
using CabinMood.Core.Conductor.Events;

namespace CabinMood.Service.Simulation;

/// <summary>
/// What a drive's author cannot know: trips and choices get their names while the drive is played. <c>$trip</c> is the
/// current trip, <c>$choice</c> the current choice.
/// </summary>
internal static class Placeholders
{
    /// <summary>Stands for the opening of the camera that holds now: no real one has this number.</summary>
    public const long CurrentOpening = -1;

    private const string Trip = "$trip";
    private const string Choice = "$choice";

    /// <summary>The event with the names that hold now.</summary>
    public static ConductorEvent Fill(ConductorEvent happened, ConductorState state) => happened switch
    {
        CommandArrived arrived => arrived with { Command = Fill(arrived.Command, state) },
        FaceSeen { Opening: CurrentOpening } face => face with { Opening = state.CameraOpening },
        PlayerReported { Report.ChoiceId: Choice } player => player with { Report = player.Report with { ChoiceId = ChoiceOf(state) } },
        _ => happened,
    };

    private static Command Fill(Command command, ConductorState state) => command switch
    {
        OverrideMood { Trip: Trip } wish => wish with { Trip = state.Trip },
        OverrideButton { Trip: Trip } button => button with { Trip = state.Trip },
        SetConsent { Trip: Trip } consent => consent with { Trip = state.Trip },
        SetCamera { Trip: Trip } camera => camera with { Trip = state.Trip },
        GiveFeedback { ChoiceId: Choice } feedback => feedback with { ChoiceId = ChoiceOf(state) },
        _ => command,
    };

    private static string ChoiceOf(ConductorState state) => state.Playing?.Publication.ChoiceId ?? "";
}
