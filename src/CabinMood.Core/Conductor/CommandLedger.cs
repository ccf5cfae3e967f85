using System.Collections.Immutable;

namespace CabinMood.Core.Conductor;

/// <summary>
/// Which commands were obeyed, so that one that is delivered twice acts once, also over a restart. Remembers the last
/// 1,000; refused ones are not remembered.
/// </summary>
/// <param name="Entries">What became of each, by the <see cref="CommandDigest"/> of its id.</param>
/// <param name="Order">The same digests, oldest first.</param>
public sealed record CommandLedger(ImmutableDictionary<string, LedgerEntry> Entries, ImmutableQueue<string> Order)
{
    /// <summary>How many commands are remembered.</summary>
    public const int Capacity = 1000;

    /// <summary>No commands yet.</summary>
    public static CommandLedger Empty { get; } = new(ImmutableDictionary.Create<string, LedgerEntry>(StringComparer.Ordinal), []);

    /// <summary>What earlier runs remembered, oldest first.</summary>
    public static CommandLedger From(IReadOnlyList<RememberedCommand> remembered)
    {
        ArgumentNullException.ThrowIfNull(remembered);
        return remembered.Aggregate(Empty, (ledger, command) => ledger.WithDigest(command.Id, new LedgerEntry(LedgerStage.Answered, command.Outcome, command.Asked)));
    }

    /// <summary>True when the id was seen.</summary>
    public bool TryFind(string id, out LedgerEntry entry) => Entries.TryGetValue(CommandDigest.OfId(id), out entry);

    /// <summary>Remembers an id, forgetting the oldest when full.</summary>
    public CommandLedger With(string id, LedgerEntry entry) => WithDigest(CommandDigest.OfId(id), entry);

    /// <summary>Forgets an id, so that the head unit may try again with it.</summary>
    public CommandLedger Without(string id)
    {
        var digest = CommandDigest.OfId(id);
        return Entries.ContainsKey(digest) ? new CommandLedger(Entries.Remove(digest), [.. Order.Where(other => other != digest)]) : this;
    }

    /// <summary>Forgets what was asked. What has been done is done, and is not done again.</summary>
    public CommandLedger WithoutContent() =>
        this with { Entries = Entries.SetItems(Entries.Select(entry => KeyValuePair.Create(entry.Key, entry.Value with { Asked = null }))) };

    /// <summary>What a restart must know of a command that is in here.</summary>
    public RememberedCommand Remembered(string id)
    {
        var digest = CommandDigest.OfId(id);
        var entry = Entries[digest];
        return new RememberedCommand(digest, entry.Asked, entry.Outcome);
    }

    private CommandLedger WithDigest(string digest, LedgerEntry entry)
    {
        if (Entries.ContainsKey(digest))
        {
            return this with { Entries = Entries.SetItem(digest, entry) };
        }

        var (entries, order) = (Entries, Order);
        if (entries.Count >= Capacity)
        {
            order = order.Dequeue(out var oldest);
            entries = entries.Remove(oldest);
        }

        return new CommandLedger(entries.Add(digest, entry), order.Enqueue(digest));
    }
}
