namespace CabinMood.Service.Simulation.Decisions;

/// <summary>What the conductor decides about.</summary>
public enum DecisionKind
{
    /// <summary>Which song comes next.</summary>
    Song,

    /// <summary>Whether the mood may change the music.</summary>
    Limiter,

    /// <summary>Which mood the driver seems to be in.</summary>
    Mood,

    /// <summary>Whether the driver's face can be seen.</summary>
    Face,

    /// <summary>Whether the camera is open.</summary>
    Camera,

    /// <summary>Whether consent holds.</summary>
    Consent,

    /// <summary>Where a trip begins or ends.</summary>
    Trip,

    /// <summary>The answer to a command.</summary>
    Reply,
}
