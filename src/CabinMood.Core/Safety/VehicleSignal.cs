namespace CabinMood.Core.Safety;

/// <summary>The signals of the vehicle that CabinMood listens to.</summary>
public enum VehicleSignal
{
    /// <summary>Speed in km/h.</summary>
    Speed,

    /// <summary>Selected gear: 126 park, 127 drive, -1 reverse [COVESA VSS].</summary>
    Gear,

    /// <summary>Low-voltage system state as a number of <see cref="IgnitionState"/>.</summary>
    Ignition,

    /// <summary>Driver-monitoring warning: 0 or 1.</summary>
    DmsWarning,

    /// <summary>Eyes-closed warning: 0 or 1.</summary>
    EyesClosed,

    /// <summary>Stability control engaged: 0 or 1.</summary>
    Esc,

    /// <summary>Anti-lock brakes engaged: 0 or 1.</summary>
    Abs,

    /// <summary>Fatigue in percent.</summary>
    Fatigue,

    /// <summary>A phone call: 0 or 1.</summary>
    Call,

    /// <summary>A navigation prompt: 0 or 1.</summary>
    Navigation,
}
