namespace CabinMood.Core.Safety;

/// <summary>One signal of section <c>Vehicle:Signals</c>.</summary>
public sealed class SignalOptions
{
    /// <summary>The MQTT topic it arrives on.</summary>
    public string Topic { get; set; } = "";

    /// <summary>How it behaves.</summary>
    public SignalKind Kind { get; set; } = SignalKind.OnChange;

    /// <summary>Only for <see cref="SignalKind.Periodic"/>: older values are stale. 0.1 to 60 seconds, default 2.</summary>
    public double MaxAgeSeconds { get; set; } = 2;

    /// <summary>Only for <see cref="SignalKind.OnChange"/>: the topic that says <c>online</c> while the source lives.</summary>
    public string Availability { get; set; } = "vss/availability";

    /// <summary>What one unit of the topic's value is in the signal's own unit, for example 3.6 for metres per second. Above 0, default 1.</summary>
    public double Scale { get; set; } = 1;
}
