namespace CabinMood.Core.Safety;

/// <summary>One signal of section <c>Vehicle</c>.</summary>
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

    /// <summary>What the topic's numbers are in: km/h, m/s or mph for speed, percent or fraction for fatigue, empty for all others.</summary>
    public string Unit { get; set; } = SignalUnit.None;
}
