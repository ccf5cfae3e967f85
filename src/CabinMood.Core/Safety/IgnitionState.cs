namespace CabinMood.Core.Safety;

/// <summary>VSS <c>LowVoltageSystemState</c>.</summary>
public enum IgnitionState
{
    /// <summary>Not told.</summary>
    Undefined,

    /// <summary>Locked.</summary>
    Lock,

    /// <summary>Off.</summary>
    Off,

    /// <summary>Accessories.</summary>
    Acc,

    /// <summary>On.</summary>
    On,

    /// <summary>Starting.</summary>
    Start,
}
