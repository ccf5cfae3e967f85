namespace CabinMood.Core.Safety;

/// <summary>How a vehicle signal behaves, and so when it may be trusted.</summary>
public enum SignalKind
{
    /// <summary>Sent again and again: trusted while its last value is young enough.</summary>
    Periodic,

    /// <summary>Sent when it changes: trusted while its source's availability topic says online.</summary>
    OnChange,

    /// <summary>Not fitted in this vehicle: without effect. Speed may not be absent.</summary>
    Absent,
}
