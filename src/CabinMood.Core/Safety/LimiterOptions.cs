namespace CabinMood.Core.Safety;

/// <summary>Section <c>Limiter</c>: the rules that keep the driver safe. Every one fails closed.</summary>
public sealed class LimiterOptions
{
    /// <summary>
    /// Least time between two mood-driven changes unless the car stands in park; it also runs from every start.
    /// 5 to 3600 seconds, default 180 [one change in 3 min; ours].
    /// </summary>
    public double MinIntervalSeconds { get; set; } = 180;

    /// <summary>The same while the car stands in park. 0 to 3600 seconds, default 30 [ours].</summary>
    public double ParkedIntervalSeconds { get; set; } = 30;

    /// <summary>Most mood-driven changes in any hour. 1 to 720, default 12 [ours].</summary>
    public int MaxChangesPerHour { get; set; } = 12;

    /// <summary>From this fatigue on, calm and sad targets are not chosen for the driver. 1 to 100 percent, default 60 [ours].</summary>
    public double FatiguePercent { get; set; } = 60;

    /// <summary>The commercial profile: emotion inference on people at work is forbidden [EU AI Act, Art. 5(1)(f)], so the camera stays closed. Default false.</summary>
    public bool Commercial { get; set; }

    /// <summary>Adds what is wrong with these options.</summary>
    public void Validate(ICollection<ConfigurationError> errors)
    {
        ConfigurationError.CheckRange(errors, "Limiter:MinIntervalSeconds", MinIntervalSeconds, 5, 3600, "seconds");
        ConfigurationError.CheckRange(errors, "Limiter:ParkedIntervalSeconds", ParkedIntervalSeconds, 0, 3600, "seconds");
        ConfigurationError.CheckRange(errors, "Limiter:MaxChangesPerHour", MaxChangesPerHour, 1, 720);
        ConfigurationError.CheckRange(errors, "Limiter:FatiguePercent", FatiguePercent, 1, 100, "percent");
    }
}
