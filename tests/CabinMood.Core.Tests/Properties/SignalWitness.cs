using CabinMood.Core.Conductor.Events;
using CabinMood.Core.Safety;

namespace CabinMood.Core.Tests.Properties;

/// <summary>
/// Watches the vehicle's signals by the letter of the rules and with none of the code under test: it knows of each
/// signal when it last spoke live and what it said, and so when a change would be wrong beyond doubt.
/// </summary>
internal sealed class SignalWitness
{
    private static readonly VehicleSignal[] Signals = [.. Enum.GetValues<VehicleSignal>().Where(signal => signal != VehicleSignal.Ignition)];

    private readonly Dictionary<VehicleSignal, (double Value, TimeSpan At)> _spoken = [];
    private TimeSpan _now;
    private TimeSpan _last;

    /// <summary>Takes note of what happened.</summary>
    public void See(ConductorEvent happened)
    {
        if (_last - happened.At.Elapsed > TimeSpan.FromSeconds(1))
        {
            // A clock that was set back: nobody knows how old anything is.
            _spoken.Clear();
        }

        _now += happened.At.Elapsed > _last ? happened.At.Elapsed - _last : TimeSpan.Zero;
        _last = happened.At.Elapsed;
        switch (happened)
        {
            case SignalArrived { Sample.Retained: false } arrived:
                _spoken[arrived.Signal] = (arrived.Sample.Value, _now);
                break;
            case SignalArrived kept:
                // Whatever the broker had kept may be old: from here on nothing is known.
                _spoken.Remove(kept.Signal);
                break;
            case SignalUnreadable unreadable:
                _spoken.Remove(unreadable.Signal);
                break;
            case SignalSourceChanged { IsOnline: false } source:
                _spoken.Remove(source.Signal);
                break;
            case BrokerLost:
                _spoken.Clear();
                break;
        }
    }

    /// <summary>Why nothing may change now; null when nothing speaks against it for sure.</summary>
    public string? Objection(VehicleOptions options)
    {
        foreach (var signal in Signals)
        {
            if (!_spoken.TryGetValue(signal, out var last))
            {
                return $"{signal} has not spoken live";
            }

            var isRaised = signal switch
            {
                VehicleSignal.Speed or VehicleSignal.Fatigue or VehicleSignal.EyesClosed => false,
                VehicleSignal.Gear => last.Value < 0,
                _ => last.Value == 1,
            };
            if (isRaised)
            {
                return $"{signal} is raised";
            }

            if (!double.IsFinite(last.Value) || signal == VehicleSignal.Speed && (last.Value < 0 || last.Value >= 900))
            {
                return $"{signal} is absurd";
            }

            if (options[signal].Kind == SignalKind.Periodic && (_now - last.At).TotalSeconds > options[signal].MaxAgeSeconds)
            {
                return $"{signal} is stale";
            }
        }

        return null;
    }
}
