namespace CabinMood.Core.Conductor;

/// <summary>Section <c>Commands</c>: how many commands are obeyed.</summary>
public sealed class CommandOptions
{
    /// <summary>
    /// Commands a second, and as many at once after a quiet second; what goes beyond is answered with an error.
    /// Withdrawing consent and closing the camera never count. 1 to 1000, default 20 [ours].
    /// </summary>
    public double PerSecond { get; set; } = 20;

    /// <summary>Adds what is wrong with these options.</summary>
    public void Validate(ICollection<ConfigurationError> errors) =>
        ConfigurationError.CheckRange(errors, "Commands:PerSecond", PerSecond, 1, 1000, "commands");
}
