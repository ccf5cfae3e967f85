namespace CabinMood.Service.Logging;

/// <summary>Where log lines go.</summary>
public enum LogTarget
{
    /// <summary>The journal, where standard output ends there; else standard output.</summary>
    Journal,

    /// <summary>Warnings only, on standard error, so that results on standard output stay clean.</summary>
    Terminal,
}
