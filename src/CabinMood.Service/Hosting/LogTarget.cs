namespace CabinMood.Service.Hosting;

/// <summary>Where log lines go.</summary>
public enum LogTarget
{
    /// <summary>Standard output, which journald reads.</summary>
    Journal,

    /// <summary>Warnings only, on standard error, so that results on standard output stay clean.</summary>
    Terminal,
}
