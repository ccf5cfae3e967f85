using System.Runtime.CompilerServices;

namespace CabinMood.Core.Safety;

/// <summary>
/// All vehicle signals as known now. Age is monotonic time since arrival. Whatever is missing, stale, absurd or only
/// retained never makes the car stand and never lifts a freeze. A value type: copies are snapshots.
/// </summary>
public readonly record struct VehicleState
{
    private readonly Records _records;

    private VehicleState(Records records, long refused) => (_records, Refused) = (records, refused);

    /// <summary>Samples that were unreadable, absurd or out of order since the start.</summary>
    public long Refused { get; }

    /// <summary>What is known about a signal.</summary>
    public SignalRecord this[VehicleSignal signal] => _records[(int)signal];

    /// <summary>Takes in a sample, or refuses it: an absurd one leaves the signal without a value, one that was sent before the last is dropped.</summary>
    public VehicleState With(VehicleSignal signal, SignalSample sample, TimeSpan at, VehicleOptions options)
    {
        var record = this[signal];
        var value = sample.Value * options[signal].Scale;
        if (!IsPlausible(signal, value))
        {
            return Without(signal);
        }

        if (sample.Sent is { } sent && record.Sent is { } lastSent && sent < lastSent)
        {
            // The stamp still moves, so that a sender whose clock was set back is late only once.
            return Replace(signal, record with { Sent = sent }, Refused + 1);
        }

        return Replace(
            signal,
            record with { Value = value, ArrivedAt = at, Sent = sample.Sent ?? record.Sent, IsRetained = sample.Retained },
            Refused);
    }

    /// <summary>Counts a sample that could not be read and forgets the signal's value.</summary>
    public VehicleState Without(VehicleSignal signal) => Replace(signal, this[signal] with { Value = null }, Refused + 1);

    /// <summary>Notes what the source's availability topic says. A source that went away takes its value with it.</summary>
    public VehicleState WithSource(VehicleSignal signal, bool isOnline)
    {
        var record = this[signal];
        return Replace(signal, record with { SourceIsOnline = isOnline, Value = isOnline ? record.Value : null }, Refused);
    }

    /// <summary>Forgets every source: nothing can arrive any more.</summary>
    public VehicleState WithoutSources()
    {
        var state = this;
        foreach (var signal in AllSignals)
        {
            state = state.WithSource(signal, false);
        }

        return state;
    }

    /// <summary>True when the signal has a live value that may be trusted now.</summary>
    public bool IsFresh(VehicleSignal signal, TimeSpan now, VehicleOptions options)
    {
        var record = this[signal];
        if (record.Value is null || record.IsRetained)
        {
            return false;
        }

        return options[signal].Kind switch
        {
            SignalKind.Periodic => (now - record.ArrivedAt).TotalSeconds <= options[signal].MaxAgeSeconds,
            SignalKind.OnChange => record.SourceIsOnline,
            _ => false,
        };
    }

    /// <summary>Fresh speed under 1 km/h and gear in park; everything else is moving [contract].</summary>
    public bool IsStanding(TimeSpan now, VehicleOptions options) =>
        IsFresh(VehicleSignal.Speed, now, options) && this[VehicleSignal.Speed].Value < 1
        && IsFresh(VehicleSignal.Gear, now, options) && this[VehicleSignal.Gear].Value == ParkGear;

    /// <summary>True when a fitted yes/no signal last said yes, however old or retained that is.</summary>
    public bool IsRaised(VehicleSignal signal, VehicleOptions options) =>
        options[signal].Kind != SignalKind.Absent && this[signal].Value > 0;

    /// <summary>VSS: gear 126 is park, -1 is reverse.</summary>
    internal const double ParkGear = 126;

    /// <summary>VSS: any negative gear is a reverse gear.</summary>
    internal bool IsInReverse(VehicleOptions options) =>
        options.Gear.Kind != SignalKind.Absent && this[VehicleSignal.Gear].Value < 0;

    internal static VehicleSignal[] AllSignals { get; } = Enum.GetValues<VehicleSignal>();

    // Wide enough for every real car, narrow enough to catch a broken bus: 900 km/h is one.
    private static bool IsPlausible(VehicleSignal signal, double value) => signal switch
    {
        VehicleSignal.Speed => value is >= 0 and <= 400,
        VehicleSignal.Gear => value is >= -10 and <= 127 && value == Math.Truncate(value),
        VehicleSignal.Ignition => value is >= (int)IgnitionState.Undefined and <= (int)IgnitionState.Start && value == Math.Truncate(value),
        VehicleSignal.Fatigue => value is >= 0 and <= 100,
        _ => value is 0 or 1,
    };

    private VehicleState Replace(VehicleSignal signal, SignalRecord record, long refused)
    {
        var records = _records;
        records[(int)signal] = record;
        return new VehicleState(records, refused);
    }

    [InlineArray(10)]
    private struct Records
    {
        private SignalRecord _first;
    }
}
