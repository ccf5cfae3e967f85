namespace CabinMood.Core.Conductor.Commands;

/// <summary>What a button can ask for.</summary>
public enum OverrideAction
{
    /// <summary>Another song, same target.</summary>
    Next,

    /// <summary>Back to the target before the last change.</summary>
    PreviousTarget,

    /// <summary>Let CabinMood choose again.</summary>
    Auto,

    /// <summary>Choose nothing until <see cref="Auto"/>.</summary>
    Stop,
}
