namespace CabinMood.Core.Safety;

/// <summary>Whether the driver agreed to be looked at in this trip.</summary>
public enum Consent
{
    /// <summary>Never given in this trip. The state at every start.</summary>
    Withheld,

    /// <summary>Given for this trip.</summary>
    Granted,

    /// <summary>Taken back.</summary>
    Withdrawn,
}
