using CabinMood.Messaging;

namespace CabinMood.Service.Hosting;

/// <summary>
/// Where answers go besides the reply topic. Commands arrive on the link's thread and are answered on the
/// conductor's: this is the one place where the two meet. Thread-safe.
/// </summary>
public sealed class ReplyDirectory
{
    private readonly ReplyAddresses _addresses = new();
    private readonly Lock _gate = new();

    /// <summary>Notes where a command wants its answers; null for nowhere.</summary>
    public void Remember(string id, ReplyAddress? address)
    {
        lock (_gate)
        {
            _addresses.Remember(id, address);
        }
    }

    /// <summary>The address noted for a command; null when it named none.</summary>
    public ReplyAddress? Find(string id)
    {
        lock (_gate)
        {
            return _addresses.Find(id);
        }
    }
}
