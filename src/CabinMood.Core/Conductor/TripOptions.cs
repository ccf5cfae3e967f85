namespace CabinMood.Core.Conductor;

/// <summary>Section <c>Trips</c>: when a trip ends and when somebody else may be at the wheel.</summary>
public sealed class TripOptions
{
    /// <summary>Standing this long while the open camera sees no face means a new driver: consent and mood lapse. 5 to 600 seconds, default 30 [contract].</summary>
    public double NewDriverSeconds { get; set; } = 30;

    /// <summary>Standing this long without a face ends the trip; a camera must have seen the driver leave. 60 to 7200 seconds, default 600 [contract].</summary>
    public double EndSeconds { get; set; } = 600;

    /// <summary>
    /// A restart continues a trip when its record is at most this old: never longer than a change of drivers takes.
    /// 0 to 60 seconds, default 30.
    /// </summary>
    public double ResumeSeconds { get; set; } = 30;

    /// <summary>Adds what is wrong with these options.</summary>
    public void Validate(ICollection<ConfigurationError> errors)
    {
        ConfigurationError.CheckRange(errors, "Trips:NewDriverSeconds", NewDriverSeconds, 5, 600, "seconds");
        ConfigurationError.CheckRange(errors, "Trips:EndSeconds", EndSeconds, 60, 7200, "seconds");
        ConfigurationError.CheckRange(errors, "Trips:ResumeSeconds", ResumeSeconds, 0, 60, "seconds");
    }
}
