using System.Collections.Immutable;
using CabinMood.Core.Conductor.Publications;

namespace CabinMood.Core.Conductor;

/// <summary>
/// Which commands were obeyed, so that one that is delivered twice acts once. Remembers the last 1,000 ids.
/// An entry without an outcome waits for its commit.
/// </summary>
/// <param name="Outcomes">What became of each id; null while it waits.</param>
/// <param name="Order">The same ids, oldest first.</param>
public sealed record CommandLedger(ImmutableDictionary<string, ReplyPublication?> Outcomes, ImmutableQueue<string> Order)
{
    private const int Capacity = 1000;

    /// <summary>No commands yet.</summary>
    public static CommandLedger Empty { get; } = new(ImmutableDictionary.Create<string, ReplyPublication?>(StringComparer.Ordinal), []);

    /// <summary>True when the id was seen; its outcome is null while it waits for a commit.</summary>
    public bool TryFind(string id, out ReplyPublication? outcome) => Outcomes.TryGetValue(id, out outcome);

    /// <summary>Remembers an id, forgetting the oldest when full.</summary>
    public CommandLedger With(string id, ReplyPublication? outcome)
    {
        if (Outcomes.ContainsKey(id))
        {
            return this with { Outcomes = Outcomes.SetItem(id, outcome) };
        }

        var (outcomes, order) = (Outcomes, Order);
        if (outcomes.Count >= Capacity)
        {
            order = order.Dequeue(out var oldest);
            outcomes = outcomes.Remove(oldest);
        }

        return new CommandLedger(outcomes.Add(id, outcome), order.Enqueue(id));
    }

    /// <summary>Forgets an id, so that the head unit may try again with it.</summary>
    public CommandLedger Without(string id) =>
        Outcomes.ContainsKey(id) ? new CommandLedger(Outcomes.Remove(id), [.. Order.Where(other => other != id)]) : this;
}
