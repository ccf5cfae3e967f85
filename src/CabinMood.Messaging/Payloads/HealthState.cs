namespace CabinMood.Messaging.Payloads;

/// <summary>How the service is.</summary>
public enum HealthState
{
    /// <summary>All well.</summary>
    Ok,

    /// <summary>Working, but not as it should.</summary>
    Degraded,

    /// <summary>Not working.</summary>
    Failed,
}
