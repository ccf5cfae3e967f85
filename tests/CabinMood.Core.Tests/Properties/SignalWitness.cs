using CabinMood.Core.Conductor.Events;
using CabinMood.Core.Safety;

namespace CabinMood.Core.Tests.Properties;

/// <summary>
/// Watches the vehicle's signals by the letter of the rules and with none of the code under test: it knows of each
/// signal when it last spoke live and in order, and what it said, and so when a change would be wrong beyond doubt. It
/// keeps every stamp and looks back over all of them where the code under test keeps two.
/// </summary>
internal sealed class SignalWitness
{
    private static readonly VehicleSignal[] Signals = [.. Enum.GetValues<VehicleSignal>().Where(signal => signal != VehicleSignal.Ignition)];

    // "Several seconds" and "consistently" at their most lenient: whoever asks for more is never accused here.
    private const double SeveralSeconds = 3;
    private const double PaceSeconds = 2;

    private readonly Dictionary<VehicleSignal, (double Value, TimeSpan At)> _spoken = [];
    private readonly Dictionary<VehicleSignal, DateTimeOffset> _latest = [];
    private readonly Dictionary<VehicleSignal, List<(DateTimeOffset Sent, TimeSpan At)>> _outOfOrder = [];
    private TimeSpan _now;
    private TimeSpan _last;

    /// <summary>How many live values came out of order.</summary>
    public int OutOfOrder { get; private set; }

    /// <summary>Takes note of what happened.</summary>
    public void See(ConductorEvent happened)
    {
        if (happened is ServiceStarted)
        {
            // Whoever has just started knows nothing.
            _spoken.Clear();
            _latest.Clear();
            _outOfOrder.Clear();
            _last = happened.At.Elapsed;
        }

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
                Hear(arrived.Signal, arrived.Sample);
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
                return $"{signal} has not spoken live, in order and with sense";
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

            if (options[signal].Kind == SignalKind.Periodic && (_now - last.At).TotalSeconds > options[signal].MaxAgeSeconds)
            {
                return $"{signal} is stale";
            }
        }

        return null;
    }

    private void Hear(VehicleSignal signal, SignalSample sample)
    {
        if (IsAbsurd(signal, sample.Value))
        {
            _spoken.Remove(signal);
        }
        else if (IsInOrder(signal, sample.Sent))
        {
            _spoken[signal] = (sample.Value, _now);
        }
        else
        {
            OutOfOrder++;
            _spoken.Remove(signal);
        }
    }

    // A stamp before the latest one is out of order, unless the stamps since some earlier sample have all kept the pace
    // of arrival for several seconds: then the sender's clock was set back.
    private bool IsInOrder(VehicleSignal signal, DateTimeOffset? stamp)
    {
        var strays = _outOfOrder.TryGetValue(signal, out var known) ? known : _outOfOrder[signal] = [];
        if (stamp is not { } sent)
        {
            strays.Clear();
            return true;
        }

        var isLate = _latest.TryGetValue(signal, out var latest) && sent < latest;
        if (isLate)
        {
            strays.Add((sent, _now));
            if (!strays.Select((_, first) => strays[first..]).Any(KeepsPace))
            {
                return false;
            }
        }

        strays.Clear();
        _latest[signal] = sent;
        return true;
    }

    private static bool KeepsPace(List<(DateTimeOffset Sent, TimeSpan At)> samples) =>
        (samples[^1].At - samples[0].At).TotalSeconds >= SeveralSeconds
        && samples.All(sample => Math.Abs((sample.Sent - samples[0].Sent - (sample.At - samples[0].At)).TotalSeconds) <= PaceSeconds);

    private static bool IsAbsurd(VehicleSignal signal, double value) => !double.IsFinite(value) || signal switch
    {
        VehicleSignal.Speed => value is < 0 or >= 900,
        VehicleSignal.Gear => value != Math.Floor(value) || Math.Abs(value) > 127,
        VehicleSignal.Fatigue => value is < 0 or > 100,
        _ => value is not (0 or 1),
    };
}
