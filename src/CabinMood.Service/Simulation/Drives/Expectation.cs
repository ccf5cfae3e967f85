using CabinMood.Service.Simulation.Decisions;

namespace CabinMood.Service.Simulation.Drives;

/// <summary>What a drive's author expects: so many decisions of a kind within a span of time.</summary>
/// <param name="Line">The line of the drive that says so.</param>
/// <param name="Text">That line as it was written.</param>
/// <param name="Kind">Which kind of decision.</param>
/// <param name="From">From here on, inclusive.</param>
/// <param name="To">Up to here, inclusive.</param>
/// <param name="Count">Exactly this many; null for at least one.</param>
/// <param name="Mood">The decision's mood; null for any.</param>
/// <param name="State">The decision's state; null for any.</param>
/// <param name="Reason">The decision's reason; null for any.</param>
/// <param name="Id">The command's id; null for any.</param>
public sealed record Expectation(
    int Line,
    string Text,
    DecisionKind Kind,
    TimeSpan From,
    TimeSpan To,
    long? Count,
    string? Mood,
    string? State,
    string? Reason,
    string? Id)
{
    /// <summary>True when the decisions are as expected.</summary>
    public bool IsMetBy(IEnumerable<Decision> decisions)
    {
        var count = decisions.Count(Matches);
        return Count is { } exact ? count == exact : count > 0;
    }

    private bool Matches(Decision decision) =>
        decision.Kind == Kind && decision.At >= From && decision.At <= To
        && (Mood is null || Mood == decision.Mood)
        && (State is null || State == decision.State)
        && (Reason is null || Reason == decision.Reason)
        && (Id is null || Id == decision.Id);
}
