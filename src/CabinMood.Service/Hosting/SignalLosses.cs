using CabinMood.Core.Conductor.Events;
using CabinMood.Core.Safety;

namespace CabinMood.Service.Hosting;

/// <summary>
/// Vehicle signals that a flood has kept out. Fails closed: of a signal that could not be taken nothing is known any more.
/// Any thread may note; one takes.
/// </summary>
internal sealed class SignalLosses
{
    private static readonly VehicleSignal[] Signals = Enum.GetValues<VehicleSignal>();

    // One bit a signal.
    private int _signals;
    private int _sources;

    /// <summary>Remembers what a refused event would have been about; other events than signals are not missed.</summary>
    public void Note(ConductorEvent refused)
    {
        switch (refused)
        {
            case SignalArrived signal:
                Interlocked.Or(ref _signals, 1 << (int)signal.Signal);
                break;
            case SignalUnreadable signal:
                Interlocked.Or(ref _signals, 1 << (int)signal.Signal);
                break;
            case SignalSourceChanged source:
                Interlocked.Or(ref _sources, 1 << (int)source.Signal);
                break;
        }
    }

    /// <summary>What the conductor must hear of it; empty, and without allocating, nearly always.</summary>
    public IReadOnlyList<ConductorEvent> Take(ServiceClock clock)
    {
        if (Volatile.Read(ref _signals) == 0 && Volatile.Read(ref _sources) == 0)
        {
            return [];
        }

        var (signals, sources) = (Interlocked.Exchange(ref _signals, 0), Interlocked.Exchange(ref _sources, 0));
        var events = new List<ConductorEvent>();
        foreach (var signal in Signals)
        {
            if ((sources & (1 << (int)signal)) != 0)
            {
                events.Add(new SignalSourceChanged(clock.Now(), signal, false));
            }

            if ((signals & (1 << (int)signal)) != 0)
            {
                events.Add(new SignalUnreadable(clock.Now(), signal));
            }
        }

        return events;
    }
}
