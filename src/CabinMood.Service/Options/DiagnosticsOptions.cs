using CabinMood.Core;

namespace CabinMood.Service.Options;

/// <summary>Section <c>Diagnostics</c>: what is recorded so that a decision can be understood later.</summary>
public sealed class DiagnosticsOptions
{
    /// <summary>What every event log's name ends with, so that erasing finds them all, also those of an older configuration.</summary>
    public const string Extension = ".jsonl";

    /// <summary>
    /// A file in the state folder, ending in <c>.jsonl</c>, that gets every event and decision as numbers, for
    /// <c>cabinmood simulate</c>. Default: empty, nothing is recorded.
    /// </summary>
    public string EventLog { get; set; } = "";

    /// <summary>At this size the log stops. 1 to 10,000 megabytes, default 100: about four hours with an open camera.</summary>
    public int EventLogMaxMegabytes { get; set; } = 100;

    /// <summary>The file in force; null where nothing is recorded.</summary>
    /// <param name="stateFolder">Where relative names start.</param>
    public string? ResolveFile(string stateFolder) => EventLog.Length > 0 ? Path.GetFullPath(EventLog, Path.GetFullPath(stateFolder)) : null;

    /// <summary>Adds what is wrong with these options.</summary>
    /// <param name="errors">Where to.</param>
    /// <param name="stateFolder">Where the log must lie.</param>
    public void Validate(ICollection<ConfigurationError> errors, string stateFolder)
    {
        ConfigurationError.CheckRange(errors, "Diagnostics:EventLogMaxMegabytes", EventLogMaxMegabytes, 1, 10_000, "megabytes");
        var isInside = ResolveFile(stateFolder) is not { } file
            || (Path.GetDirectoryName(file) == Path.TrimEndingDirectorySeparator(Path.GetFullPath(stateFolder)) && file.EndsWith(Extension, StringComparison.Ordinal));
        if (!isInside)
        {
            errors.Add(new ConfigurationError("Diagnostics:EventLog", $"is '{EventLog}'; it must be a file in the state folder whose name ends in {Extension}, so that erasing finds it."));
        }
    }
}
