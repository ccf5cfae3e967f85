namespace CabinMood.Core.Conductor;

/// <summary>State of the head unit's player.</summary>
public enum PlayerState
{
    /// <summary>Playing.</summary>
    Playing,

    /// <summary>Paused.</summary>
    Paused,

    /// <summary>Stopped: the track has ended.</summary>
    Stopped,
}
