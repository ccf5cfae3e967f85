namespace CabinMood.Core.Conductor.Commands;

/// <summary>How the driver asked.</summary>
public enum CommandSource
{
    /// <summary>By voice.</summary>
    Voice,

    /// <summary>By a button on the steering wheel.</summary>
    Wheel,

    /// <summary>On the touch screen.</summary>
    Touch,
}
