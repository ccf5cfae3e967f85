using System.Collections.Immutable;

namespace CabinMood.Core.Conductor;

/// <summary>
/// Which commands were obeyed, so that one that is delivered twice acts once. Remembers the last 1,000 ids.
/// </summary>
/// <param name="Entries">What became of each id.</param>
/// <param name="Order">The same ids, oldest first.</param>
public sealed record CommandLedger(ImmutableDictionary<string, LedgerEntry> Entries, ImmutableQueue<string> Order)
{
    private const int Capacity = 1000;

    /// <summary>No commands yet.</summary>
    public static CommandLedger Empty { get; } = new(ImmutableDictionary.Create<string, LedgerEntry>(StringComparer.Ordinal), []);

    /// <summary>True when the id was seen.</summary>
    public bool TryFind(string id, out LedgerEntry entry) => Entries.TryGetValue(id, out entry);

    /// <summary>Remembers an id, forgetting the oldest when full.</summary>
    public CommandLedger With(string id, LedgerEntry entry)
    {
        if (Entries.ContainsKey(id))
        {
            return this with { Entries = Entries.SetItem(id, entry) };
        }

        var (entries, order) = (Entries, Order);
        if (entries.Count >= Capacity)
        {
            order = order.Dequeue(out var oldest);
            entries = entries.Remove(oldest);
        }

        return new CommandLedger(entries.Add(id, entry), order.Enqueue(id));
    }

    /// <summary>Forgets an id, so that the head unit may try again with it.</summary>
    public CommandLedger Without(string id) =>
        Entries.ContainsKey(id) ? new CommandLedger(Entries.Remove(id), [.. Order.Where(other => other != id)]) : this;
}
