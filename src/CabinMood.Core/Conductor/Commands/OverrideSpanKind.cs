namespace CabinMood.Core.Conductor.Commands;

/// <summary>What ends an override.</summary>
public enum OverrideSpanKind
{
    /// <summary>The end of the trip.</summary>
    Trip,

    /// <summary>The end of the song it started.</summary>
    Song,

    /// <summary>A duration.</summary>
    Duration,
}
