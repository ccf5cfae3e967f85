namespace CabinMood.Core.Conductor;

/// <summary>Whose music is playing.</summary>
public enum PlayerSource
{
    /// <summary>A choice of CabinMood.</summary>
    Cabinmood,

    /// <summary>Something the driver started: nothing is published until the driver says <c>auto</c>.</summary>
    Other,
}
