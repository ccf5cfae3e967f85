namespace CabinMood.Core.Safety;

/// <summary>
/// All vehicle signals as known now. Age is monotonic time since arrival. Whatever is missing, stale, absurd or only
/// retained never makes the car stand and never lifts a freeze. Immutable.
/// </summary>
public sealed class VehicleState : IEquatable<VehicleState>
{
    // Samples overtake one another by moments; what lies further back is a sender's clock that was set back.
    private static readonly TimeSpan Overtaking = TimeSpan.FromSeconds(10);

    // A burst of old samples arrives at once; a clock that was set back goes on at the pace of ours. Longer than a bridge
    // or broker takes to empty its queue, short enough for a driver to wait [ours].
    private static readonly TimeSpan Probation = TimeSpan.FromSeconds(5);

    // What the way through a broker may add to or take from the pace of the stamps [ours].
    private static readonly TimeSpan Jitter = TimeSpan.FromSeconds(1);

    // VSS SelectedGear.
    private const double ParkGear = 126;

    // Before Unknown, which is made from it.
    private static readonly VehicleSignal[] AllSignals = Enum.GetValues<VehicleSignal>();

    // By signal. A reference: most events leave the vehicle alone, and the conductor's state is copied with every one.
    private readonly SignalRecord[] _records;

    private VehicleState(SignalRecord[] records) => _records = records;

    /// <summary>Nothing known of any signal.</summary>
    public static VehicleState Unknown { get; } = new(new SignalRecord[AllSignals.Length]);

    /// <summary>What is known about a signal.</summary>
    public ref readonly SignalRecord this[VehicleSignal signal] => ref _records[(int)signal];

    /// <summary>
    /// Takes in a sample. An absurd one, one that was sent before the last, and a retained one leave the signal in
    /// doubt until the next good one. What was sent long before the last is only believed again when live samples have
    /// kept the pace of our own clock for 5 seconds: then it was the sender's clock that was set back.
    /// </summary>
    public VehicleState With(VehicleSignal signal, SignalSample sample, TimeSpan at, VehicleOptions options)
    {
        var record = this[signal];
        var value = sample.Value * SignalUnit.Factor(options[signal].Unit);
        if (!IsPlausible(signal, value))
        {
            return Without(signal);
        }

        var isEarlier = sample.Sent < record.Sent;
        var clock = isEarlier ? NextClock(record, sample, at) : null;
        var isClockBelieved = clock is { } back && at - back.Since >= Probation;
        var isLate = isEarlier && !isClockBelieved;
        var isDoubted = isLate || sample.Retained;
        return Replace(
            signal,
            record with
            {
                Value = isDoubted ? Graver(signal, record.Value, value) : value,
                ArrivedAt = at,
                Sent = isLate ? record.Sent : sample.Sent ?? record.Sent,
                EarlierClock = isLate ? clock : null,
                IsDoubted = isDoubted,
                Refused = record.Refused + (isLate ? 1 : 0),
            });
    }

    /// <summary>Counts a sample that could not be read; what was known before can still freeze.</summary>
    public VehicleState Without(VehicleSignal signal)
    {
        var record = this[signal];
        return Replace(signal, record with { IsDoubted = true, Refused = record.Refused + 1 });
    }

    /// <summary>Notes what the source's availability topic says. What a source said before it went away can still freeze.</summary>
    public VehicleState WithSource(VehicleSignal signal, bool isOnline)
    {
        var record = this[signal];
        return Replace(signal, record with { SourceIsOnline = isOnline, IsDoubted = record.IsDoubted || !isOnline });
    }

    /// <summary>Doubts every value until it comes anew: nobody knows how old it is.</summary>
    public VehicleState Doubted()
    {
        var state = this;
        foreach (var signal in AllSignals)
        {
            state = state.Replace(signal, state[signal] with { IsDoubted = true });
        }

        return state;
    }

    /// <summary>Every value as if it had come earlier: time has passed that the clock did not count.</summary>
    /// <param name="by">How much earlier; not negative.</param>
    public VehicleState Older(TimeSpan by)
    {
        var state = this;
        foreach (var signal in AllSignals)
        {
            state = state.Replace(signal, state[signal] with { ArrivedAt = state[signal].ArrivedAt - by });
        }

        return state;
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
        if (record.Value is null || record.IsDoubted)
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

    /// <summary>
    /// The first fitted signal that a limit rests on and that is not fresh, so that nobody knows what it would say; null
    /// when all are.
    /// </summary>
    public VehicleSignal? FirstHolding(TimeSpan now, VehicleOptions options)
    {
        foreach (var signal in AllSignals)
        {
            if (IsHolding(signal, now, options))
            {
                return signal;
            }
        }

        return null;
    }

    /// <summary>All of them.</summary>
    public IReadOnlyList<VehicleSignal> AllHolding(TimeSpan now, VehicleOptions options) =>
        [.. AllSignals.Where(signal => IsHolding(signal, now, options))];

    /// <summary>Every fitted signal that is missing, stale or doubted, whether a limit rests on it or not.</summary>
    public IReadOnlyList<VehicleSignal> AllStale(TimeSpan now, VehicleOptions options) =>
        [.. AllSignals.Where(signal => IsStale(signal, now, options))];

    // Ignition only begins and ends trips; no limit rests on it.
    private bool IsHolding(VehicleSignal signal, TimeSpan now, VehicleOptions options) =>
        signal != VehicleSignal.Ignition && IsStale(signal, now, options);

    private bool IsStale(VehicleSignal signal, TimeSpan now, VehicleOptions options) =>
        options[signal].Kind != SignalKind.Absent && !IsFresh(signal, now, options);

    /// <summary>Fresh speed under 1 km/h and gear in park; everything else is moving [contract].</summary>
    public bool IsStanding(TimeSpan now, VehicleOptions options) =>
        IsFresh(VehicleSignal.Speed, now, options) && this[VehicleSignal.Speed].Value < 1
        && IsFresh(VehicleSignal.Gear, now, options) && this[VehicleSignal.Gear].Value == ParkGear;

    /// <summary>
    /// True when a fitted yes/no signal last said yes, or the gear reverse (in VSS any negative gear), however old or
    /// doubted that is.
    /// </summary>
    public bool IsRaised(VehicleSignal signal, VehicleOptions options) =>
        options[signal].Kind != SignalKind.Absent && (signal == VehicleSignal.Gear ? this[signal].Value < 0 : this[signal].Value > 0);

    // Wide enough for every real car, narrow enough to catch a broken bus: 900 km/h is one.
    private static bool IsPlausible(VehicleSignal signal, double value) => signal switch
    {
        VehicleSignal.Speed => value is >= 0 and <= 400,
        VehicleSignal.Gear => value is >= -10 and <= 127 && value == Math.Truncate(value),
        VehicleSignal.Ignition => value is >= (int)IgnitionState.Undefined and <= (int)IgnitionState.Start && value == Math.Truncate(value),
        VehicleSignal.Fatigue => value is >= 0 and <= 100,
        _ => value is 0 or 1,
    };

    // The clock that a sample from long before the last one may come from: that of the samples before it when they have
    // kept pace since its first, else one that begins here. What the broker had kept says nothing about a clock, and a
    // sample that was merely overtaken says that the clock was not set back.
    private static SenderClock? NextClock(SignalRecord record, SignalSample sample, TimeSpan at)
    {
        if (sample.Retained)
        {
            return record.EarlierClock;
        }

        if (sample.Sent is not { } sent || record.Sent - sent <= Overtaking)
        {
            return null;
        }

        return record.EarlierClock is { } clock && (sent - clock.Sent - (at - clock.Since)).Duration() <= Jitter
            ? clock
            : new SenderClock(at, sent);
    }

    // Of a known value and a doubted one, the one that freezes more.
    private static double Graver(VehicleSignal signal, double? known, double value) => signal switch
    {
        VehicleSignal.Speed or VehicleSignal.Ignition => value,
        VehicleSignal.Gear => known < 0 ? known.Value : value,
        _ => known is { } before ? Math.Max(before, value) : value,
    };

    /// <summary>True when everything known is the same.</summary>
    public bool Equals(VehicleState? other) => other is not null && _records.AsSpan().SequenceEqual(other._records);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as VehicleState);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var record in _records)
        {
            hash.Add(record);
        }

        return hash.ToHashCode();
    }

    private VehicleState Replace(VehicleSignal signal, SignalRecord record)
    {
        var records = (SignalRecord[])_records.Clone();
        records[(int)signal] = record;
        return new VehicleState(records);
    }
}
