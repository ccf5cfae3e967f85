namespace CabinMood.Core.Conductor.Commands;

/// <summary>
/// Something the driver asked for through the head unit, well-formed in itself. Whether it may be obeyed now
/// (right trip, known song) is for the conductor to say. Commands are idempotent by <paramref name="Id"/>.
/// </summary>
/// <param name="Id">1 to 64 characters, chosen by the head unit.</param>
public abstract record Command(string Id);
