namespace CabinMood.Messaging;

/// <summary>
/// Remembers for the last thousand commands where their senders want answers besides the reply topic: an override
/// is answered twice, the second time when it is superseded. Not thread-safe.
/// </summary>
public sealed class ReplyAddresses
{
    /// <summary>As many commands as the contract remembers ids of.</summary>
    public const int Capacity = 1000;

    private readonly Dictionary<string, ReplyAddress> _addresses = [];
    private readonly Queue<string> _ids = new();

    /// <summary>Notes the address of a command; null where it has none that answers may go to.</summary>
    public void Remember(string id, ReplyAddress? address)
    {
        ArgumentNullException.ThrowIfNull(id);
        if (address is null || !_addresses.TryAdd(id, address))
        {
            return;
        }

        _ids.Enqueue(id);
        if (_ids.Count > Capacity)
        {
            _addresses.Remove(_ids.Dequeue());
        }
    }

    /// <summary>The address noted for a command; null when it named none.</summary>
    public ReplyAddress? Find(string id) => _addresses.GetValueOrDefault(id);
}
