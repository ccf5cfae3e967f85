using CabinMood.Core.Conductor;

namespace CabinMood.Storage;

/// <summary>
/// Erasures that are done, and that could not be remembered, oldest first: the last 1,000. What is erased is erased: one
/// that is forgotten here is lost only as one that was obeyed, so that it would be obeyed again. Its owner locks.
/// </summary>
/// <remarks>
/// More than 1,000 would be of no use. They are stored together, with one thing more, into a table that keeps the last
/// 1,000 commands, so whichever is too many here would be forgotten there in the same transaction. On a disk that stays
/// full for a whole trip, this keeps a head unit that erases again and again from filling the memory.
/// </remarks>
internal sealed class OwedErasures
{
    /// <summary>As many as <see cref="CommandTable"/> keeps.</summary>
    internal const int Most = CommandLedger.Capacity;

    private readonly List<RememberedCommand> _owed = [];

    /// <summary>All of them, oldest first.</summary>
    internal IReadOnlyList<RememberedCommand> All => _owed;

    /// <summary>Owes one more, and forgets the oldest beyond the last 1,000. One that comes again keeps its place, as it would in the table.</summary>
    internal void Add(RememberedCommand erasure)
    {
        if (_owed.FindIndex(owed => owed.Id == erasure.Id) is >= 0 and var place)
        {
            _owed[place] = erasure;
            return;
        }

        if (_owed.Count == Most)
        {
            _owed.RemoveAt(0);
        }

        _owed.Add(erasure);
    }

    /// <summary>They are stored.</summary>
    internal void Clear() => _owed.Clear();
}
